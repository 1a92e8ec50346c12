package dev.hone.stats;

import java.io.Serializable;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was expected of an example and what was found: a class each, or a set of classes.
 * Serializable where the classes are, so that pairs counted on several machines can be put
 * together.
 *
 * @param expected the label; null for a label that says none
 * @param actual what was predicted; {@link #NOTHING} where there is no output
 */
public record ClassPair(@Nullable Object expected, @Nullable Object actual)
    implements Serializable {
  /** The prediction of a program that gave no output: equal to no label. */
  public static final Object NOTHING = new Nothing();

  private record Nothing() implements Serializable {
    @Override
    public String toString() {
      return "(no output)";
    }
  }

  /** The classes that were expected. */
  Set<@Nullable Object> expectedClasses() {
    return classes(expected);
  }

  /** The classes that were predicted. */
  Set<@Nullable Object> actualClasses() {
    return classes(actual);
  }

  private static Set<@Nullable Object> classes(@Nullable Object value) {
    return value instanceof Collection<?> collection
        ? new LinkedHashSet<>(collection)
        : Collections.singleton(value);
  }
}
