package dev.hone.program;

/**
 * An output with the reasoning that led to it.
 *
 * @param reasoning what the model thought first, in its own words
 * @param output what it concluded
 * @param <O> the type of the output
 */
public record Reasoned<O>(String reasoning, O output) {}
