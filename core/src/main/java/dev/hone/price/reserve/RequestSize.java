package dev.hone.price.reserve;

import dev.hone.lm.LmRequest;
import org.jspecify.annotations.Nullable;

/**
 * What a request says of the tokens of an attempt.
 *
 * @param promptTokens those of its prompt, estimated from its text
 * @param maxTokens the most that its reply may have; null for any number
 */
record RequestSize(long promptTokens, @Nullable Integer maxTokens) {
  /** The size of a request; takes a walk over its text. */
  static RequestSize of(LmRequest request) {
    return new RequestSize(RequestTokens.of(request), request.options().maxTokens());
  }
}
