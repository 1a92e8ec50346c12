/**
 * Programs that run another one several times on the same input, and make one answer of its
 * rollouts.
 *
 * <p>Stability: may still change.
 */
@NullMarked
package dev.hone.agents.rollout;

import org.jspecify.annotations.NullMarked;
