package dev.hone.optimize.search.schedule;

import dev.hone.optimize.search.Configuration;

/**
 * What a sampler is shown of a finished configuration.
 *
 * @param configuration the configuration
 * @param value how good it is; higher is better
 */
public record Observation(Configuration configuration, double value) {}
