/**
 * Tools: what a model may call. A {@link dev.hone.tool.Tool} is made of a lambda, of annotated
 * methods, of a program, or of what another framework has; its arguments are read as outputs of a
 * predictor are.
 *
 * <p>Stability: may still change.
 */
@NullMarked
package dev.hone.tool;

import org.jspecify.annotations.NullMarked;
