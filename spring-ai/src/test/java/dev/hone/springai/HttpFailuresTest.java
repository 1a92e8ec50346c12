package dev.hone.springai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.lm.LmException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the exceptions of HTTP clients tell, which are known by their methods and names. */
class HttpFailuresTest {
  /** As Spring's {@code HttpStatusCode}. */
  public interface StatusCode {
    int value();
  }

  /**
   * As Spring's class for a status without a name, which nobody else sees.
   *
   * @param value the status
   */
  private record UnnamedStatus(int value) implements StatusCode {}

  /**
   * As Spring's {@code HttpHeaders}.
   *
   * @param all the headers
   */
  public record Headers(Map<String, String> all) {
    public String getFirst(String name) {
      return all.get(name);
    }
  }

  /** As that of Spring's {@code WebClient}, by which streams come. */
  public static final class ResponseException extends RuntimeException {
    private final int status;
    private final Map<String, String> headers;

    ResponseException(int status, Map<String, String> headers) {
      super("overloaded");
      this.status = status;
      this.headers = headers;
    }

    public StatusCode getStatusCode() {
      return new UnnamedStatus(status);
    }

    public Headers getHeaders() {
      return new Headers(headers);
    }
  }

  @Test
  void knowsAStatusWithoutAName() {
    for (int status : new int[] {520, 522, 529}) {
      assertThat(SpringAiModelTest.failure(new ResponseException(status, Map.of())))
          .isInstanceOf(LmException.Unavailable.class)
          .hasMessageContaining("status " + status);
    }
  }

  @Test
  void keepsTheWaitThatAStreamIsAskedFor() {
    LmException limited =
        SpringAiModelTest.failure(new ResponseException(429, Map.of("Retry-After", "7")));

    assertThat(limited).isInstanceOf(LmException.RateLimited.class);
    assertThat(((LmException.Retriable) limited).retryAfter()).contains(Duration.ofSeconds(7));
  }

  /** As Netty's, which is told by its name. */
  private static final class ReadTimeoutException extends RuntimeException {}

  @Test
  void knowsATimeoutOfNetty() {
    assertThat(SpringAiModelTest.failure(new IllegalStateException(new ReadTimeoutException())))
        .isInstanceOf(LmException.TimedOut.class)
        .hasMessageContaining("did not answer in time");
  }
}
