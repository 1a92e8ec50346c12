/**
 * Racing: search that spends model calls where they are most informative.
 *
 * <p>{@link dev.hone.optimize.search.racing.RacingSearch} is what users call. Inside, {@code
 * RacingRun} answers ask and tell; {@code Race} holds the {@code CandidatePool} of configurations,
 * fits the {@code MixedModel} to their outcomes, and picks what is evaluated next from a {@code
 * PosteriorDraws}, which is draws from the {@code Posterior}. {@code ExampleOrder} is the order in
 * which all meet the examples. The model and its evidence are in {@code docs/algorithms/racing.md}.
 *
 * <p>Stability: may still change.
 */
@NullMarked
package dev.hone.optimize.search.racing;

import org.jspecify.annotations.NullMarked;
