/**
 * Measuring again: {@code RepeatedEvaluation} runs a noisy program several times and gives its
 * spread; {@code ScoreCheck} holds a new score beside a recorded one.
 *
 * <p>Stability: may still change.
 */
@NullMarked
package dev.hone.evaluate.repeat;

import org.jspecify.annotations.NullMarked;
