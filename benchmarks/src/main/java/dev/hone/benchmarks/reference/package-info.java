/**
 * Hone's side of {@code benchmarks/reference/run}, which measures DSPy, Optuna and Hone in one go.
 */
@NullMarked
package dev.hone.benchmarks.reference;

import org.jspecify.annotations.NullMarked;
