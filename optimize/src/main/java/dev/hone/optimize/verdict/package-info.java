/**
 * Is a gain real? {@code GainEstimate} estimates the gain of the best of many, chosen by the same
 * scores, on new examples; {@code GainPower} says how many examples show a gain; {@code Verdicts}
 * makes the {@link dev.hone.optimize.Verdict} of a run, for optimizers of your own, too. The method
 * and what it was measured by are in {@code docs/algorithms/verdict.md}.
 *
 * <p>Stability: may still change.
 */
@NullMarked
package dev.hone.optimize.verdict;

import org.jspecify.annotations.NullMarked;
