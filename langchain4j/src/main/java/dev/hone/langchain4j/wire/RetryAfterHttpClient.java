package dev.hone.langchain4j.wire;

import dev.hone.lm.bridge.Causes;
import dev.hone.lm.bridge.RetryAfter;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * LangChain4j's HTTP client on the JDK's, for replies in one piece and for streamed ones. Unlike
 * LangChain4j's own it keeps the Retry-After header of a failure, keeps the interrupt, and does not
 * ask servers without TLS to switch to HTTP/2, which some of them cannot bear. Thread-safe.
 */
public final class RetryAfterHttpClient implements HttpClient {
  /** One for the process: each has threads and connections, and a model may be made per request. */
  private static final Map<Kind, java.net.http.HttpClient> CLIENTS = new ConcurrentHashMap<>();

  /** What distinguishes clients. */
  private record Kind(Duration connectTimeout, NetworkRoute route) {}

  private static final int MAX_ERROR_BYTES = 1 << 20;

  private final java.net.http.HttpClient client;
  private final NetworkRoute route;
  private final Duration replyTimeout;
  private final BodyReader reader;

  private RetryAfterHttpClient(
      java.net.http.HttpClient client,
      NetworkRoute route,
      Duration replyTimeout,
      BodyReader reader) {
    this.client = client;
    this.route = route;
    this.replyTimeout = replyTimeout;
    this.reader = reader;
  }

  /** The process's client with this time for a connection, on this route. */
  static java.net.http.HttpClient shared(Duration connectTimeout, NetworkRoute route) {
    return CLIENTS.computeIfAbsent(new Kind(connectTimeout, route), Builder::client);
  }

  @Override
  public SuccessfulHttpResponse execute(HttpRequest request) throws HttpException {
    URI uri = URI.create(request.url());
    HttpResponse<byte[]> response = send(uri, request);
    String body = ReplyBody.text(uri, response);
    int status = response.statusCode();
    if (status < 200 || status >= 300) {
      throw failure(response, body);
    }
    return SuccessfulHttpResponse.builder()
        .statusCode(status)
        .headers(response.headers().map())
        .body(reader.read(uri, body))
        .build();
  }

  private static HttpException failure(HttpResponse<?> response, String body) {
    int status = response.statusCode();
    return new HttpFailure(
        status,
        status,
        said(response, body),
        RetryAfter.of(response.headers()::firstValue, body, Clock.systemUTC()));
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
  private HttpResponse<byte[]> send(URI uri, HttpRequest request) {
    long endNanos = System.nanoTime() + replyTimeout.toNanos();
    return send(uri, request, headers -> new ReplyBody(endNanos - System.nanoTime()));
  }

  private <T> HttpResponse<T> send(
      URI uri, HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    try {
      return client.send(translated(uri, request), handler);
    } catch (HttpConnectTimeoutException e) {
      throw ConnectionFailure.of(uri, e, route);
    } catch (HttpTimeoutException e) {
      throw new TimeoutException(e);
    } catch (IOException e) {
      throw Causes.find(e, HttpTimeoutException.class)
          .<RuntimeException>map(TimeoutException::new)
          .orElseGet(() -> ConnectionFailure.of(uri, e, route));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for a reply", e);
    }
  }

  private java.net.http.HttpRequest translated(URI uri, HttpRequest request) {
    BodyPublisher body =
        request.body() == null ? BodyPublishers.noBody() : BodyPublishers.ofString(request.body());
    java.net.http.HttpRequest.Builder builder =
        java.net.http.HttpRequest.newBuilder(uri)
            .timeout(replyTimeout)
            .method(request.method().name(), body);
    if (request.url().startsWith("http:")) {
      builder.version(Version.HTTP_1_1);
    }
    if (!route.headers().isEmpty()) {
      Set<String> own = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
      own.addAll(request.headers().keySet());
      route.headers().entrySet().stream()
          .filter(header -> !own.contains(header.getKey()))
          .forEach(header -> builder.header(header.getKey(), header.getValue()));
    }
    request.headers().forEach((name, values) -> values.forEach(v -> builder.header(name, v)));
    return builder.build();
  }

  /** Reads the events on this thread, so that a call that streams takes no other. */
  @Override
  public void execute(
      HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
    long endNanos = System.nanoTime() + replyTimeout.toNanos();
    URI uri = URI.create(request.url());
    HttpResponse<ReplyStream> response;
    try {
      response = send(uri, request, info -> new ReplyStream(endNanos));
    } catch (RuntimeException e) {
      listener.onError(e);
      return;
    }
    if (response.statusCode() >= 200 && response.statusCode() < 300) {
      new EventStream(uri, reader, listener).read(response, parser);
    } else {
      listener.onError(refused(response));
    }
  }

  private static RuntimeException refused(HttpResponse<ReplyStream> response) {
    try (ReplyStream body = response.body()) {
      String text = new String(body.unpacked().readNBytes(MAX_ERROR_BYTES), StandardCharsets.UTF_8);
      return failure(response, text);
    } catch (HttpTimeoutException e) {
      return new TimeoutException(e);
    } catch (InterruptedIOException e) {
      return new IllegalStateException("Interrupted while waiting for a reply", e);
    } catch (IOException e) {
      return ConnectionFailure.of(response.uri(), e);
    }
  }

  /** Builds such clients. LangChain4j sets its own timeouts on it, which do not count. */
  public static final class Builder implements HttpClientBuilder {
    private final Duration connectTimeout;
    private final Duration replyTimeout;
    private final BodyReader reader;
    private final NetworkRoute route;

    Builder(Duration connectTimeout, Duration replyTimeout, BodyReader reader, NetworkRoute route) {
      this.connectTimeout = connectTimeout;
      this.route = route;
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
      return new RetryAfterHttpClient(shared(connectTimeout, route), route, replyTimeout, reader);
    }

    private static java.net.http.HttpClient client(Kind kind) {
      return kind.route()
          .applyTo(java.net.http.HttpClient.newBuilder())
          .connectTimeout(kind.connectTimeout())
          .executor(HttpThreads.EXECUTOR)
          .followRedirects(Redirect.NEVER)
          .build();
    }
  }
}
