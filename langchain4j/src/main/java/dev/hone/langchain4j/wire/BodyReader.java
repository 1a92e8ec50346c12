package dev.hone.langchain4j.wire;

import java.net.URI;

/** Reads the bodies of one wire format. Thread-safe. */
@FunctionalInterface
public interface BodyReader {
  /** The chat completions of OpenAI and of all who took them over, in whatever shape. */
  BodyReader OPENAI =
      (uri, body) -> Completion.of(body).orElseThrow(() -> ForeignReply.of(uri, body));

  /**
   * The body of a success as LangChain4j's class for it takes it.
   *
   * @throws RuntimeException if it is none of the format, or the report of an error
   */
  String read(URI uri, String body);
}
