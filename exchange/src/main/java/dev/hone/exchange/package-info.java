/**
 * Programs taken elsewhere, and brought from elsewhere. A {@link dev.hone.exchange.PortableProgram}
 * is what a program says to models; {@link dev.hone.exchange.PromptExport} writes it as text or
 * chat messages, {@link dev.hone.exchange.FineTuning} as lines to train a model with. Source code
 * is in {@code .source}, DSPy's saved state in {@code .dspy}, data sets of other tools in {@code
 * .rows}. Nothing that is read is executed.
 *
 * <p>Stability: may still change.
 */
@NullMarked
package dev.hone.exchange;

import org.jspecify.annotations.NullMarked;
