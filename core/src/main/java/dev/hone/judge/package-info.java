/**
 * Judges, the programs that metrics ask for a verdict: how far they agree with people ({@link
 * dev.hone.judge.Agreement}), whether what they reward is length ({@link
 * dev.hone.judge.LengthBias}, {@link dev.hone.judge.JudgeComparison}), whether a score holds on
 * other examples ({@link dev.hone.judge.GeneralizationGap}), and ready ones: {@link
 * dev.hone.judge.SemanticF1}, {@link dev.hone.judge.Groundedness}, {@link
 * dev.hone.judge.Completeness} and {@link dev.hone.judge.PairwisePreference}. A judge is made a
 * metric by {@link dev.hone.metric.Metric#judge}.
 *
 * <p>Stability: may still change.
 */
@NullMarked
package dev.hone.judge;

import org.jspecify.annotations.NullMarked;
