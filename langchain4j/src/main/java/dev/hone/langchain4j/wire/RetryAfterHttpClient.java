package dev.hone.langchain4j.wire;

import dev.hone.lm.bridge.Causes;
import dev.hone.lm.bridge.RetryAfter;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * LangChain4j's HTTP client on the JDK's, for calls that are answered in one piece. Unlike
 * LangChain4j's own it keeps the Retry-After header of a failure, keeps the interrupt, and does not
 * ask servers without TLS to switch to HTTP/2, which some of them cannot bear. Thread-safe.
 */
public final class RetryAfterHttpClient implements HttpClient {
  /** One for the process: each has threads and connections, and a model may be made per request. */
  private static final Map<Duration, java.net.http.HttpClient> CLIENTS = new ConcurrentHashMap<>();

  private final java.net.http.HttpClient client;
  private final Duration replyTimeout;
  private final BodyReader reader;

  private RetryAfterHttpClient(
      java.net.http.HttpClient client, Duration replyTimeout, BodyReader reader) {
    this.client = client;
    this.replyTimeout = replyTimeout;
    this.reader = reader;
  }

  @Override
  public SuccessfulHttpResponse execute(HttpRequest request) throws HttpException {
    HttpResponse<byte[]> response = send(request);
    URI uri = URI.create(request.url());
    String body = ReplyBody.text(uri, response);
    int status = response.statusCode();
    if (status < 200 || status >= 300) {
      throw new HttpFailure(
          status,
          status,
          said(response, body),
          RetryAfter.of(response.headers()::firstValue, body, Clock.systemUTC()));
    }
    return SuccessfulHttpResponse.builder()
        .statusCode(status)
        .headers(response.headers().map())
        .body(reader.read(uri, body))
        .build();
  }

  /** A redirect says in a header what others say in the body; its query may hold a secret. */
  private static String said(HttpResponse<?> response, String body) {
    Optional<String> location = response.headers().firstValue("Location");
    if (response.statusCode() >= 400 || location.isEmpty()) {
      return body;
    }
    String target = location.get().replaceAll("[?#].*", "").replaceAll("//[^/@]*@", "//");
    return "the server redirects to %s, and Hone does not follow. Maybe use that URL."
        .formatted(target);
  }

  /**
   * The JDK's own timeout ends with the headers of a reply; the body has what is left of it. Not by
   * {@code sendAsync}, which starts a thread for every call on a machine of two processors.
   */
  private HttpResponse<byte[]> send(HttpRequest request) {
    URI uri = URI.create(request.url());
    long endNanos = System.nanoTime() + replyTimeout.toNanos();
    try {
      return client.send(
          translated(request), headers -> new ReplyBody(endNanos - System.nanoTime()));
    } catch (HttpConnectTimeoutException e) {
      throw ConnectionFailure.of(uri, e);
    } catch (HttpTimeoutException e) {
      throw new TimeoutException(e);
    } catch (IOException e) {
      throw Causes.find(e, HttpTimeoutException.class)
          .<RuntimeException>map(TimeoutException::new)
          .orElseGet(() -> ConnectionFailure.of(uri, e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for a reply", e);
    }
  }

  private java.net.http.HttpRequest translated(HttpRequest request) {
    BodyPublisher body =
        request.body() == null ? BodyPublishers.noBody() : BodyPublishers.ofString(request.body());
    java.net.http.HttpRequest.Builder builder =
        java.net.http.HttpRequest.newBuilder(URI.create(request.url()))
            .timeout(replyTimeout)
            .method(request.method().name(), body);
    if (request.url().startsWith("http:")) {
      builder.version(Version.HTTP_1_1);
    }
    request.headers().forEach((name, values) -> values.forEach(v -> builder.header(name, v)));
    return builder.build();
  }

  @Override
  public void execute(
      HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
    throw new UnsupportedFeatureException("Hone takes replies in one piece");
  }

  /** Builds such clients. LangChain4j sets its own timeouts on it, which do not count. */
  public static final class Builder implements HttpClientBuilder {
    private final Duration connectTimeout;
    private final Duration replyTimeout;
    private final BodyReader reader;

    Builder(Duration connectTimeout, Duration replyTimeout, BodyReader reader) {
      this.connectTimeout = connectTimeout;
      this.replyTimeout = replyTimeout;
      this.reader = reader;
    }

    @Override
    public Duration connectTimeout() {
      return connectTimeout;
    }

    @Override
    public Builder connectTimeout(Duration value) {
      return this;
    }

    @Override
    public Duration readTimeout() {
      return replyTimeout;
    }

    @Override
    public Builder readTimeout(Duration value) {
      return this;
    }

    @Override
    public HttpClient build() {
      return new RetryAfterHttpClient(
          CLIENTS.computeIfAbsent(connectTimeout, Builder::client), replyTimeout, reader);
    }

    private static java.net.http.HttpClient client(Duration connectTimeout) {
      return java.net.http.HttpClient.newBuilder()
          .connectTimeout(connectTimeout)
          .followRedirects(Redirect.NEVER)
          .build();
    }
  }
}
