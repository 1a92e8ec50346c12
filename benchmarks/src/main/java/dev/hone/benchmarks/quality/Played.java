package dev.hone.benchmarks.quality;

/**
 * How a play ended, or stood at a checkpoint.
 *
 * @param calls distinct pairs of configuration and example that were evaluated
 * @param paid all evaluations, repeats included
 * @param score the true score of what was chosen
 */
record Played(int calls, int paid, double score) {}
