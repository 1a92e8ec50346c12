/**
 * The batch APIs of OpenAI, with all who speak its protocol, and of Anthropic. LangChain4j has none
 * for these; its models write each request of a batch and read each reply, see {@link
 * dev.hone.langchain4j.wire.PaperClient}.
 */
@NullMarked
package dev.hone.langchain4j.batch;

import org.jspecify.annotations.NullMarked;
