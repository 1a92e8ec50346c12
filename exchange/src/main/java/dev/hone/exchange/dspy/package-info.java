/**
 * DSPy's saved state: {@link dev.hone.exchange.dspy.DspyState} reads and writes the JSON file of
 * {@code program.save(path)}. {@link dev.hone.exchange.dspy.DspyState#into} loads it into a program
 * of Hone, {@link dev.hone.exchange.dspy.DspyDraft} makes predictors of it where there is none.
 * Pickle files are refused: loading one would run the code in it.
 *
 * <p>Stability: may still change.
 */
@NullMarked
package dev.hone.exchange.dspy;

import org.jspecify.annotations.NullMarked;
