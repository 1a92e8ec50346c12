package dev.hone.program;

/**
 * A program over language models: immutable, thread-safe Java that turns an input into an output.
 * Write a record or class that implements this interface, holds its predictors as fields and
 * composes their calls in {@link #run}; optimizers find the predictors by those fields.
 *
 * @param <I> what it takes
 * @param <O> what it returns
 */
public interface Program<I, O> {
  /**
   * Runs the program under the current context.
   *
   * @throws dev.hone.HoneException if a call brings no usable reply
   */
  O run(I input);
}
