package dev.hone.langchain4j.wire;

import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for the network below one of LangChain4j's models: shows what the model would send, and
 * lets it read a reply that came another way, such as in a batch. So requests and replies are
 * written and read as those of single calls are. Thread-safe: each call is on its own thread.
 */
public final class PaperClient implements HttpClient {
  private static final ThreadLocal<Sheet> SHEETS = new ThreadLocal<>();

  private final BodyReader reader;

  /** What goes to and fro in one call; without a reply what is sent is only noted. */
  private static final class Sheet {
    private final @Nullable String reply;
    private final int status;
    private @Nullable HttpRequest sent;

    Sheet(int status, @Nullable String reply) {
      this.status = status;
      this.reply = reply;
    }
  }

  /** A stand-in for a network whose replies a reader understands. */
  public PaperClient(BodyReader reader) {
    this.reader = reader;
  }

  /**
   * What a call sends. The call itself fails.
   *
   * @throws RuntimeException what the call fails with, if it sends nothing
   */
  public HttpRequest sentBy(Runnable call) {
    Sheet sheet = new Sheet(0, null);
    SHEETS.set(sheet);
    try {
      call.run();
    } catch (RuntimeException e) {
      if (sheet.sent == null) {
        throw e;
      }
    } finally {
      SHEETS.remove();
    }
    HttpRequest sent = sheet.sent;
    if (sent == null) {
      throw new IllegalStateException("The call sent nothing");
    }
    return sent;
  }

  /** What a call returns, or throws, that is answered by this status and body. */
  public <T> T answered(int status, String body, Supplier<T> call) {
    SHEETS.set(new Sheet(status, body));
    try {
      return call.get();
    } finally {
      SHEETS.remove();
    }
  }

  @Override
  public SuccessfulHttpResponse execute(HttpRequest request) {
    Sheet sheet = SHEETS.get();
    if (sheet == null) {
      throw new IllegalStateException("There is no network below this model");
    }
    boolean again = sheet.sent != null;
    sheet.sent = request;
    String reply = sheet.reply;
    if (reply == null) {
      throw new IllegalStateException("The request is noted, and not sent");
    } else if (again) {
      throw failure(503, "what the model refused is left out at the next try");
    } else if (sheet.status < 200 || sheet.status >= 300) {
      throw failure(sheet.status, reply);
    }
    return SuccessfulHttpResponse.builder()
        .statusCode(sheet.status)
        .body(reader.read(URI.create(request.url()), reply))
        .build();
  }

  private static RuntimeException failure(int status, String body) {
    return new HttpFailure(status, status, body, null);
  }

  @Override
  public void execute(
      HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
    throw new UnsupportedFeatureException("A batch has no streams");
  }

  /** What LangChain4j's models are built with to have this client. */
  public HttpClientBuilder builder() {
    return new HttpClientBuilder() {
      @Override
      public Duration connectTimeout() {
        return Endpoint.CONNECT_TIMEOUT;
      }

      @Override
      public HttpClientBuilder connectTimeout(Duration value) {
        return this;
      }

      @Override
      public Duration readTimeout() {
        return Endpoint.REPLY_TIMEOUT;
      }

      @Override
      public HttpClientBuilder readTimeout(Duration value) {
        return this;
      }

      @Override
      public HttpClient build() {
        return PaperClient.this;
      }
    };
  }
}
