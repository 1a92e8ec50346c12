package dev.hone.langchain4j.wire;

import java.net.URI;
import java.util.function.UnaryOperator;

/** Reads the bodies of one wire format. Thread-safe. */
@FunctionalInterface
public interface BodyReader {
  /**
   * The body of a success as LangChain4j's class for it takes it.
   *
   * @throws RuntimeException if it is none of the format, or the report of an error
   */
  String read(URI uri, String body);

  /**
   * Makes what turns the events of one stream into those that LangChain4j's class takes. It throws
   * what the reply fails with. Default: leaves them as they are.
   */
  default UnaryOperator<String> events() {
    return UnaryOperator.identity();
  }

  /**
   * Whether a body is a whole reply though a stream was asked for. Default: none is.
   *
   * @param first its first byte that is not blank; negative if there is none
   */
  default boolean isWhole(int first) {
    return false;
  }
}
