package dev.hone.signature;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Limits the values of a record component, or of a tool's parameter. Prompts state the limits, and
 * a reply outside of them is not accepted.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.PARAMETER})
public @interface Limits {
  /** The smallest number allowed, inclusive; default: no limit. */
  double min() default Double.NEGATIVE_INFINITY;

  /** The largest number allowed, inclusive; default: no limit. */
  double max() default Double.POSITIVE_INFINITY;

  /** The fewest characters of a text, or items of a list, set or map; default 0. */
  int minSize() default 0;

  /** The most characters of a text, or items of a list, set or map; default: no limit. */
  int maxSize() default Integer.MAX_VALUE;
}
