/**
 * Is the verdict of a run right? Whole searches are played on simulated tasks whose true gains are
 * known, and the verdicts are compared with the truth. {@code VerdictBenchmark} writes the table.
 */
@NullMarked
package dev.hone.benchmarks.verdict;

import org.jspecify.annotations.NullMarked;
