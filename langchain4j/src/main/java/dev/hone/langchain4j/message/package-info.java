/**
 * From Hone's requests to LangChain4j's and from its responses to Hone's: messages, options,
 * schemas, tools, usage. {@link dev.hone.langchain4j.message.Dialect} says what differs between
 * providers, {@link dev.hone.lm.bridge.RefusedOptions} remembers which options a model does not
 * take.
 */
@NullMarked
package dev.hone.langchain4j.message;

import org.jspecify.annotations.NullMarked;
