/**
 * Agents: programs in which a model calls tools until it has its answer.
 *
 * <p>Stability: may still change.
 */
@NullMarked
package dev.hone.agents;

import org.jspecify.annotations.NullMarked;
