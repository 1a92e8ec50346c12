package dev.hone.langchain4j.wire;

import java.net.URI;
import java.util.function.UnaryOperator;

/**
 * Reads the chat completions of OpenAI and of all who took them over, in whatever shape, whole and
 * in events.
 */
public final class CompletionReader implements BodyReader {
  @Override
  public String read(URI uri, String body) {
    return Completion.of(body).orElseThrow(() -> ForeignReply.of(uri, body));
  }

  @Override
  public UnaryOperator<String> events() {
    return new CompletionEvents();
  }

  /** Some servers take no notice of {@code stream}; no stream of events begins like JSON. */
  @Override
  public boolean isWhole(int first) {
    return first == '{';
  }
}
