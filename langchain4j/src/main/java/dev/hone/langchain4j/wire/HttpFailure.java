package dev.hone.langchain4j.wire;

import dev.langchain4j.exception.HttpException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** LangChain4j's exception of a status code, with what else the provider said. */
final class HttpFailure extends HttpException {
  private static final long serialVersionUID = 1L;

  private final int received;
  private final @Nullable Duration retryAfter;

  /**
   * A failure.
   *
   * @param status what it means
   * @param received the status that came, which may be that of a success
   * @param retryAfter how long the provider asks to wait
   */
  HttpFailure(int status, int received, String body, @Nullable Duration retryAfter) {
    super(status, body);
    this.received = received;
    this.retryAfter = retryAfter;
  }

  /** The status that came. */
  int received() {
    return received;
  }

  /** How long the provider asks to wait; null if it does not say. */
  @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
