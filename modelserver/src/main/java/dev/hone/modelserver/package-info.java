/**
 * A loopback server in front of any Hone model, for whoever speaks the wire format of a provider.
 *
 * <p>{@link dev.hone.modelserver.ModelServer} answers OpenAI's chat completions, responses and
 * embeddings and Anthropic's messages, whole and as streams of server-sent events. It misbehaves on
 * demand: a {@link dev.hone.modelserver.FaultPlan} says for each call which {@link
 * dev.hone.modelserver.WireFault} it meets.
 *
 * <p>Stability: may still change.
 */
@NullMarked
package dev.hone.modelserver;

import org.jspecify.annotations.NullMarked;
