package dev.hone.coerce;

import dev.hone.HoneException;
import dev.hone.type.FieldType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A value that does not fit the type of its field. Carries the path to it. */
public final class TypeMismatchException extends HoneException {
  private static final long serialVersionUID = 1L;

  private final String path;
  private final @Nullable String foundText;
  private final transient @Nullable FieldType expectedType;

  /**
   * Makes the exception.
   *
   * @param path the path of names and indices to the value, such as {@code items[2].price}
   * @param problem what was found and what was expected
   */
  public TypeMismatchException(String path, String problem) {
    this(path, problem, null, null);
  }

  TypeMismatchException(
      String path, String problem, @Nullable String foundText, @Nullable FieldType expectedType) {
    super((path.isEmpty() ? "The value" : path) + ": " + problem);
    this.path = path;
    this.foundText = foundText;
    this.expectedType = expectedType;
  }

  /** The path of names and indices to the value; empty for the whole value. */
  public String path() {
    return path;
  }

  /** The text that is not of its type, up to 1,000 characters; empty if it was none. */
  public Optional<String> foundText() {
    return Optional.ofNullable(foundText);
  }

  /** The type that a text was not of; empty if the fault is another. */
  public Optional<FieldType> expectedType() {
    return Optional.ofNullable(expectedType);
  }
}
