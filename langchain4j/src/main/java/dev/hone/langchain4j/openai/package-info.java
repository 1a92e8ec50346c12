/**
 * {@code openai:MODEL} and {@code openai-compatible:MODEL@URL}, made by {@link
 * dev.hone.langchain4j.OpenAiModels}.
 */
@NullMarked
package dev.hone.langchain4j.openai;

import org.jspecify.annotations.NullMarked;
