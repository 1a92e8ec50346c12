/**
 * MIPROv2: bootstraps demo sets, proposes instructions, and searches both jointly for all
 * predictors of a program. {@link dev.hone.optimize.mipro.MiproV2} conducts; the stages are the
 * packages {@code bootstrap}, {@code propose} and {@code search}.
 *
 * <p>Stability: stable.
 */
@NullMarked
package dev.hone.optimize.mipro;

import org.jspecify.annotations.NullMarked;
