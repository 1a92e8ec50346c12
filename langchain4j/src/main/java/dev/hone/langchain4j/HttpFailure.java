package dev.hone.langchain4j;

import dev.langchain4j.exception.HttpException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** LangChain4j's exception of a status code, with the wait that the provider asked for. */
final class HttpFailure extends HttpException {
  private static final long serialVersionUID = 1L;

  private final @Nullable Duration retryAfter;

  HttpFailure(int statusCode, String body, @Nullable Duration retryAfter) {
    super(statusCode, body);
    this.retryAfter = retryAfter;
  }

  @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
