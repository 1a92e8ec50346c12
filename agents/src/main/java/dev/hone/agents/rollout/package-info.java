/**
 * Programs around a program. {@link dev.hone.agents.rollout.BestOfN}, {@link
 * dev.hone.agents.rollout.Majority}, {@link dev.hone.agents.rollout.Refine} and {@link
 * dev.hone.agents.rollout.MultiChainComparison} run it several times on the same input and make one
 * answer of it; {@link dev.hone.agents.rollout.Parallel} runs it on many. A run is a {@link
 * dev.hone.agents.rollout.Rollout}, all of them with the winner {@link
 * dev.hone.agents.rollout.Rollouts}; a {@link dev.hone.agents.rollout.Reward} says what an output
 * is worth. How outputs are checked and made again is {@code Program.check}.
 *
 * <p>Stability: may still change.
 */
@NullMarked
package dev.hone.agents.rollout;

import org.jspecify.annotations.NullMarked;
