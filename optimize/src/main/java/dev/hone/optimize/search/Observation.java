package dev.hone.optimize.search;

/**
 * What a sampler is shown of a finished configuration.
 *
 * @param configuration the configuration
 * @param value how good it is; higher is better
 */
record Observation(Configuration configuration, double value) {}
