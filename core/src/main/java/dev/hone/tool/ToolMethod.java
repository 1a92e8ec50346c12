package dev.hone.tool;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method a tool, see {@link Tools#of}. Its parameters are the arguments, described by
 * {@link dev.hone.signature.Desc} and limited by {@link dev.hone.signature.Limits}; they are named
 * as in the source if it was compiled with {@code -parameters}, else by {@link
 * dev.hone.signature.Argument}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface ToolMethod {
  /** What the tool does and when to call it. */
  String value();

  /** The tool's name; default: the method's. */
  String name() default "";
}
