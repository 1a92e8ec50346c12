package dev.hone.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.hone.json.Json;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An HTTP server on loopback that speaks the chat-completions protocol of OpenAI and gives the
 * answers of any Hone model. Errors of the model become the status codes of the protocol; others
 * are injected by {@link #failNext}. Thread-safe; close it after the test.
 */
public final class OpenAiStubServer implements AutoCloseable {
  private static final String PATH = "/v1/chat/completions";

  static {
    // Without it, the JDK's server delays every small answer by 40 ms.
    if (System.getProperty("sun.net.httpserver.nodelay") == null) {
      System.setProperty("sun.net.httpserver.nodelay", "true");
    }
  }

  private final LanguageModel model;
  private final HttpServer server;
  private final ExecutorService threads;
  private final Queue<Answer> injected = new ConcurrentLinkedQueue<>();
  private final Queue<Received> received = new ConcurrentLinkedQueue<>();
  private volatile Duration delay = Duration.ZERO;
  private volatile @Nullable String apiKey;

  /** Starts a server at a free port. */
  public OpenAiStubServer(LanguageModel model) {
    this.model = model;
    try {
      InetAddress loopback = InetAddress.getLoopbackAddress();
      server = HttpServer.create(new InetSocketAddress(loopback, 0), 1024);
    } catch (IOException e) {
      throw new UncheckedIOException("The stub server found no free port on loopback", e);
    }
    threads =
        Executors.newCachedThreadPool(
            code -> {
              Thread thread = new Thread(code, "openai-stub");
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** The URL to give to clients, such as {@code http://127.0.0.1:40123/v1}. */
  public String baseUrl() {
    InetSocketAddress address = server.getAddress();
    return "http://%s:%d/v1".formatted(address.getAddress().getHostAddress(), address.getPort());
  }

  /**
   * Answers one of the next calls with this instead of asking the model; may be called several
   * times, for several calls.
   *
   * @param status the status code, such as 429
   * @param headers the headers, such as Retry-After
   * @param body the body, which need not be JSON
   */
  public OpenAiStubServer failNext(int status, Map<String, String> headers, String body) {
    injected.add(new Answer(status, headers, body));
    return this;
  }

  /** Delays the answer of every later call by this time. */
  public OpenAiStubServer delay(Duration value) {
    delay = value;
    return this;
  }

  /** Refuses every later call that does not carry this key. */
  public OpenAiStubServer requireApiKey(String value) {
    apiKey = value;
    return this;
  }

  /** The bodies of the calls so far. */
  public List<ObjectNode> bodies() {
    return received.stream().map(Received::body).toList();
  }

  /** The Authorization headers of the calls so far; empty texts for those without. */
  public List<String> authorizations() {
    return received.stream().map(Received::authorization).toList();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer = answer(exchange);
      byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      answer.headers().forEach(exchange.getResponseHeaders()::set);
      exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private Answer answer(HttpExchange exchange) throws IOException {
    String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (!exchange.getRequestURI().getPath().equals(PATH)
        || !exchange.getRequestMethod().equals("POST")) {
      return Answer.error(404, "not_found", "There is only POST " + PATH);
    }
    JsonNode body;
    try {
      body = Json.parse(text);
    } catch (JacksonException e) {
      return Answer.error(400, "invalid_json", "The body is not JSON");
    }
    String given = exchange.getRequestHeaders().getFirst("Authorization");
    String authorization = given == null ? "" : given;
    if (!(body instanceof ObjectNode object)) {
      return Answer.error(400, "invalid_json", "The body is not a JSON object");
    }
    received.add(new Received(object, authorization));
    return answer(object, authorization);
  }

  private Answer answer(ObjectNode body, String authorization) {
    try {
      Thread.sleep(delay.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Answer.error(503, "closed", "The server is being closed");
    }
    Answer fault = injected.poll();
    if (fault != null) {
      return fault;
    }
    if (apiKey != null && !authorization.equals("Bearer " + apiKey)) {
      return Answer.error(401, "invalid_api_key", "Incorrect API key: " + authorization);
    }
    return ask(body);
  }

  private Answer ask(ObjectNode body) {
    try {
      LmRequest request = OpenAiProtocol.request(body);
      String name = body.path("model").asString("");
      return new Answer(
          200, Map.of(), Json.write(OpenAiProtocol.response(name, model.call(request))));
    } catch (LmException e) {
      return OpenAiProtocol.error(e);
    } catch (IllegalArgumentException e) {
      return Answer.error(400, "invalid_request", String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      return Answer.error(500, "server_error", String.valueOf(e.getMessage()));
    }
  }

  private record Received(ObjectNode body, String authorization) {}

  /** What goes back over the wire. */
  record Answer(int status, Map<String, String> headers, String body) {
    static Answer error(int status, String code, String message) {
      return new Answer(status, Map.of(), Json.write(OpenAiProtocol.errorBody(code, message)));
    }
  }
}
