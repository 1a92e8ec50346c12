/**
 * From Hone's requests to Spring AI's prompts and from its responses and exceptions to Hone's.
 * {@link dev.hone.springai.message.PromptMapping} makes prompts, {@link
 * dev.hone.springai.message.ResponseMapping} and {@link dev.hone.springai.message.StreamedReply}
 * read replies, {@link dev.hone.springai.message.ErrorMapping} what went wrong.
 */
@NullMarked
package dev.hone.springai.message;

import org.jspecify.annotations.NullMarked;
