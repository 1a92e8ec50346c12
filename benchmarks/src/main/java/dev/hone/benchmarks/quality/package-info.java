/**
 * Quality benchmarks of search: what final score a search reaches for how many model calls, on
 * simulated response surfaces where the truth is known.
 *
 * <p>{@link dev.hone.benchmarks.quality.QualityBenchmark} is the one command. A {@link
 * dev.hone.benchmarks.quality.Surface} is a task; {@link dev.hone.benchmarks.quality.SurfaceFamily}
 * draws them. Players spend calls on a surface through the same {@link
 * dev.hone.benchmarks.quality.CallMeter}, which counts distinct pairs of configuration and example.
 */
@NullMarked
package dev.hone.benchmarks.quality;

import org.jspecify.annotations.NullMarked;
