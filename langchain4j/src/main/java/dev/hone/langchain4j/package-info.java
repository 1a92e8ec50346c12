/**
 * LangChain4j's chat models as Hone's language models.
 *
 * <p>{@link dev.hone.langchain4j.LangChain4jModel} takes any {@code ChatModel}: texts, options,
 * JSON schemas, usage, finish reasons, and errors as Hone's families. {@link
 * dev.hone.langchain4j.OpenAiModels} builds those that speak OpenAI's protocol the way Hone likes
 * them: without retries of their own, and with the provider's Retry-After, which LangChain4j's own
 * HTTP client drops. Inside, one class maps each thing: {@code RequestMapping}, {@code
 * ResponseMapping}, {@code ErrorMapping}; {@code Secrets} keeps keys out of messages and causes.
 *
 * <p>Stability: stable.
 */
@NullMarked
package dev.hone.langchain4j;

import org.jspecify.annotations.NullMarked;
