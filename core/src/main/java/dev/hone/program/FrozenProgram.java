package dev.hone.program;

/**
 * A program whose predictors are not to be optimized again when it is part of a larger one.
 *
 * @param <I> what it takes
 * @param <O> what it returns
 */
public interface FrozenProgram<I, O> extends Program<I, O> {}
