/**
 * LangChain4j's models, tools and retrievers as Hone's.
 *
 * <p>{@link dev.hone.langchain4j.LangChain4jModel} takes any {@code ChatModel} or {@code
 * StreamingChatModel}: texts, options, JSON schemas, usage, finish reasons, and errors as Hone's
 * families. {@link dev.hone.langchain4j.OpenAiModels} builds those that speak OpenAI's protocol the
 * way Hone likes them: without retries of their own, and with the provider's Retry-After, which
 * LangChain4j's own HTTP client drops. The other providers have a room each, such as {@code
 * .anthropic}; their models are made by name, {@code LanguageModel.named("anthropic:...")}. Rooms
 * inside: {@code .message} maps requests and responses, {@code .wire} is the way over HTTP and its
 * errors, {@code .known} knows what models offer, {@code .service} optimizes AI services.
 *
 * <p>Stability: stable.
 */
@NullMarked
package dev.hone.langchain4j;

import org.jspecify.annotations.NullMarked;
