/**
 * What all optimizers share: the {@link dev.hone.optimize.Optimized} program they return, the
 * events they emit, and the report of every run. The stages of MIPROv2 are the packages below:
 * {@code bootstrap}, {@code propose}, {@code search}, and {@code mipro}, which conducts them.
 *
 * <p>Stability: stable.
 */
@NullMarked
package dev.hone.optimize;

import org.jspecify.annotations.NullMarked;
