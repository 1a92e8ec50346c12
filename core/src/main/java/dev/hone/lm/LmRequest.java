package dev.hone.lm;

import dev.hone.InvalidInputException;
import java.util.List;

/**
 * One request to a language model.
 *
 * @param messages the conversation so far, at least one message
 * @param options how the reply is generated
 * @param format the form that the reply must have
 * @param cacheScope whose cached replies may be shared: part of the cache key, never sent to a
 *     provider; empty for everybody's within one cache
 */
public record LmRequest(
    List<LmMessage> messages, LmOptions options, ResponseFormat format, String cacheScope) {

  /** Copies the messages and checks that there is one. */
  public LmRequest {
    messages = List.copyOf(messages);
    if (messages.isEmpty()) {
      throw InvalidInputException.of("A request has no messages", "add a user message");
    }
  }

  /** A text request with default options. */
  public static LmRequest of(LmMessage... messages) {
    return new LmRequest(List.of(messages), LmOptions.defaults(), ResponseFormat.TEXT, "");
  }

  /** A copy with other messages. */
  public LmRequest withMessages(List<LmMessage> value) {
    return new LmRequest(value, options, format, cacheScope);
  }

  /** A copy with other options. */
  public LmRequest withOptions(LmOptions value) {
    return new LmRequest(messages, value, format, cacheScope);
  }

  /** A copy with another cache scope. */
  public LmRequest withCacheScope(String value) {
    return new LmRequest(messages, options, format, value);
  }
}
