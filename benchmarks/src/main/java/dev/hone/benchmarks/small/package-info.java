/**
 * The benchmark of the small regime: validation sets of 15 to 100 examples, few candidates, and
 * tokens as the price.
 *
 * <p>{@link dev.hone.benchmarks.small.SmallRegime} is the one command. It plays on {@link
 * dev.hone.benchmarks.small.SmallSurface}s, simulated tasks whose variance components are those of
 * recorded outcomes, and on {@link dev.hone.benchmarks.small.RecordedLandscape}s, the recorded
 * outcomes themselves. {@link dev.hone.benchmarks.small.ComponentFit} estimates the components.
 * Each {@link dev.hone.benchmarks.small.Player} sees a task through a {@code CallMeter} alone,
 * which counts distinct pairs of configuration and example and their tokens.
 */
@NullMarked
package dev.hone.benchmarks.small;

import org.jspecify.annotations.NullMarked;
