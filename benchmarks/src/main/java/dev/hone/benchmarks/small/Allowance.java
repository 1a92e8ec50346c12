package dev.hone.benchmarks.small;

import dev.hone.benchmarks.quality.ReferenceSchedule;

/**
 * What players may spend that have a budget.
 *
 * @param schedule what the reference evaluates
 * @param referenceCalls its distinct calls on this task, in the mean
 * @param raceTokens what the default race spends on this task, in the mean
 */
record Allowance(ReferenceSchedule schedule, double referenceCalls, double raceTokens) {}
