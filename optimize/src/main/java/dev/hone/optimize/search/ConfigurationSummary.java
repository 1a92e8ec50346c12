package dev.hone.optimize.search;

/**
 * What is known of a configuration.
 *
 * @param configuration the configuration
 * @param scoreMean the mean of its scores over the distinct examples it was evaluated on
 * @param examples the number of those examples
 * @param full whether they are the whole validation set
 */
public record ConfigurationSummary(
    Configuration configuration, double scoreMean, int examples, boolean full) {}
