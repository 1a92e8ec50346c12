/**
 * Language models: requests, replies, usage and errors as values, and the one small interface that
 * providers implement.
 *
 * <p>{@link dev.hone.lm.LanguageModel} answers an {@link dev.hone.lm.LmRequest} with an {@link
 * dev.hone.lm.LmResponse}. Messages and replies are made of {@link dev.hone.lm.MessagePart}s:
 * texts, images, tool calls and their results, thinking. {@link dev.hone.lm.LanguageModel#named}
 * finds a model by name through the {@link dev.hone.lm.ModelProvider}s on the class path; {@link
 * dev.hone.lm.ForwardingLanguageModel} is where decorators from other modules begin. Requests,
 * options, replies, usage and capabilities will grow, so they are made by builders. A {@link
 * dev.hone.lm.ReplyListener} is told a reply while it arrives.
 *
 * <p>Stability: stable.
 */
@NullMarked
package dev.hone.lm;

import org.jspecify.annotations.NullMarked;
