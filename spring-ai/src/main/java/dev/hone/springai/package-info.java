/**
 * Spring AI and Hone: {@link dev.hone.springai.SpringAiModel} is any of its chat models as a Hone
 * model, {@link dev.hone.springai.SpringAiEmbedder} any of its embedding models, {@link
 * dev.hone.springai.SpringAiTools} its tools. In {@code dev.hone.springai.client} the prompts of a
 * {@code ChatClient} become programs.
 *
 * <p>Stability: may still change.
 */
@NullMarked
package dev.hone.springai;

import org.jspecify.annotations.NullMarked;
