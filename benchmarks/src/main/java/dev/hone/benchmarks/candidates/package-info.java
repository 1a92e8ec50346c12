/**
 * What candidates are worth by themselves, before any search: the mean and the best of those that a
 * source of candidates adds, and their price in tokens.
 */
@NullMarked
package dev.hone.benchmarks.candidates;

import org.jspecify.annotations.NullMarked;
