/**
 * Agents: programs in which a model calls tools until it has its answer. {@link
 * dev.hone.agents.ReAct} is one, made of a signature and {@link dev.hone.tool.Tool}s; {@code run}
 * gives the answer, {@code answer} an {@link dev.hone.agents.AgentResult}: how the run ended
 * ({@link dev.hone.agents.StopCause}) and the {@link dev.hone.agents.AgentWork} that was done, turn
 * by turn with its cost. {@link dev.hone.agents.AgentEvent}s tell of a run as it happens. An agent
 * is evaluated, optimized and saved as any other program; programs that run one several times are
 * in {@link dev.hone.agents.rollout}.
 *
 * <p>Stability: may still change.
 */
@NullMarked
package dev.hone.agents;

import org.jspecify.annotations.NullMarked;
