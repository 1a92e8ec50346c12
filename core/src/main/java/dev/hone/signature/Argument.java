package dev.hone.signature;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says of an argument of a tool what its Java declaration does not. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
public @interface Argument {
  /**
   * The name of a parameter; default: its name in the source, which only the compiler's option
   * {@code -parameters} keeps. A record's component has its own name always.
   */
  String name() default "";

  /**
   * What it is if the model leaves it out or writes null, in the form in which a model would write
   * it; default: it must be given, unless it is an {@code Optional}.
   */
  String defaultValue() default "";
}
