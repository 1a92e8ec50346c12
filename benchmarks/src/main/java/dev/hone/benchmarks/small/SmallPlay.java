package dev.hone.benchmarks.small;

/**
 * How a play ended.
 *
 * @param score the true score of what was returned
 * @param calls distinct pairs of configuration and example
 * @param tokens their prompt and completion tokens
 * @param promptTokens the tokens of one call of what was returned
 */
record SmallPlay(double score, double calls, double tokens, double promptTokens) {}
