package dev.hone.examples.service;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.hone.context.Context;
import dev.hone.history.History;
import dev.hone.history.RecordedCall;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.ModelIdentity;
import dev.hone.observe.EventListener;
import dev.hone.pipeline.LmCache;
import dev.hone.pipeline.LmPipeline;
import dev.hone.program.Predict;
import dev.hone.program.UnparsableReplyException;
import dev.hone.signature.Codec;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Moderates snippets for many tenants over HTTP. A client shows the token of its tenant as {@code
 * Authorization: Bearer TOKEN}, and sees what is its tenant's only.
 *
 * <pre>
 * POST /moderate  {"snippet": "Buy now"}   -> {"severity": "LOW", "reason": "…", "request_id": "…"}
 * GET  /usage                              -> calls, cached calls, failed calls, tokens
 * GET  /history                            -> the last calls with their replies, at most 50
 * </pre>
 *
 * <p>Errors: 400 for a body that does not fit, 401 for a token that is none, 403 for a veto, 502
 * for a model that gave no usable answer, 503 for one that is not available; the reason is in
 * {@code error}. Thread-safe.
 */
public final class TenantService implements AutoCloseable {
  private static final int MOST_BODY_BYTES = 100_000;
  private static final String BEARER = "Bearer ";
  private static final Pattern REQUEST_ID = Pattern.compile("[\\w.:-]{1,80}");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** How bad a snippet is. */
  public enum Severity {
    LOW,
    MEDIUM,
    HIGH
  }

  /** What a user wrote. */
  public record Snippet(String snippet) {}

  /** What is to become of it. */
  public record Verdict(Severity severity, String reason) {}

  /** The program; what a tenant's artifact holds are its instructions and demos. */
  public static final Predict<Snippet, Verdict> PROGRAM =
      Predict.of(Snippet.class, Verdict.class, "Moderate the snippet.");

  private final Map<String, TenantDesk<Snippet, Verdict>> deskByToken = new HashMap<>();
  private final HttpServer server;
  private final ExecutorService threads;

  /**
   * What the operator of the service sees, of all tenants.
   *
   * @param audit takes a line per call, from several threads
   * @param events is notified of all that happens, with the tenant in the metadata
   */
  public record Watch(Consumer<String> audit, EventListener events) {}

  /**
   * What bounds the service.
   *
   * @param requestsAtOnce the most requests that are answered at once
   * @param cachedReplies the most replies that are kept for the calls of one model and key
   * @param historyCalls the most calls that are kept to look at, per tenant
   */
  public record Limits(int requestsAtOnce, int cachedReplies, int historyCalls) {
    /** 32 requests at once, 1,000 cached replies, 50 calls. */
    public static Limits defaults() {
      return new Limits(32, 1_000, 50);
    }
  }

  private TenantService(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Starts the service on a free port of the loopback interface.
   *
   * @param models makes the model of a tenant, with its credential; asked once per tenant
   */
  public static TenantService start(
      List<Tenant> tenants, Function<Tenant, LanguageModel> models, Watch watch, Limits limits)
      throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    ExecutorService threads = Executors.newFixedThreadPool(limits.requestsAtOnce());
    TenantService service = new TenantService(server, threads);
    AuditLog log = new AuditLog(watch.audit());
    Map<ModelIdentity, LmPipeline> pipelines = new HashMap<>();
    for (Tenant tenant : tenants) {
      LmPipeline pipeline = pipeline(models.apply(tenant), limits, pipelines);
      History history = History.ofLast(limits.historyCalls());
      Context shared =
          Context.builder().lm(pipeline).interceptor(log).listener(watch.events()).build();
      service.deskByToken.put(tenant.token(), new TenantDesk<>(tenant, PROGRAM, shared, history));
    }
    server.createContext("/", service::handle);
    server.setExecutor(threads);
    server.start();
    return service;
  }

  /** One per model, address and key: with it go the cache and the limit on calls in flight. */
  private static LmPipeline pipeline(
      LanguageModel model, Limits limits, Map<ModelIdentity, LmPipeline> known) {
    Function<Object, LmPipeline> made =
        any -> LmPipeline.builder(model).cache(LmCache.memory(limits.cachedReplies())).build();
    return model
        .identity()
        .map(id -> known.computeIfAbsent(id, made))
        .orElseGet(() -> made.apply(model));
  }

  /** The port. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** Answers a snippet as a request of a tenant does, without HTTP. */
  public Verdict moderate(String token, String requestId, Snippet snippet) {
    return Objects.requireNonNull(deskByToken.get(token)).run(requestId, snippet);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    Reply reply;
    try {
      reply = answer(exchange);
    } catch (RuntimeException | Error e) {
      reply = failed(e);
    }
    byte[] bytes = JSON.writeValueAsString(reply.body()).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(reply.status(), bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private record Reply(int status, JsonNode body) {}

  private Reply answer(HttpExchange exchange) throws IOException {
    String header = exchange.getRequestHeaders().getFirst("Authorization");
    boolean bearer = header != null && header.startsWith(BEARER);
    TenantDesk<Snippet, Verdict> desk =
        bearer ? deskByToken.get(header.substring(BEARER.length())) : null;
    if (desk == null) {
      return error(401, "The token is of no tenant");
    }
    return switch (exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath()) {
      case "POST /moderate" -> moderate(desk, exchange);
      case "GET /usage" -> new Reply(200, usage(desk));
      case "GET /history" -> new Reply(200, history(desk));
      default -> error(404, "There is POST /moderate, GET /usage and GET /history");
    };
  }

  private static Reply moderate(TenantDesk<Snippet, Verdict> desk, HttpExchange exchange)
      throws IOException {
    Optional<Snippet> snippet = snippet(exchange.getRequestBody());
    if (snippet.isEmpty()) {
      return error(
          400, "The body is not {\"snippet\": \"…\"} of at most " + MOST_BODY_BYTES + " bytes");
    }
    String given = exchange.getRequestHeaders().getFirst("X-Request-Id");
    String requestId =
        given != null && REQUEST_ID.matcher(given).matches() ? given : UUID.randomUUID().toString();
    Verdict verdict = desk.run(requestId, snippet.get());
    ObjectNode body = Codec.ofRecord(Verdict.class).encode(verdict);
    return new Reply(200, body.put(TenantDesk.REQUEST, requestId));
  }

  private static Optional<Snippet> snippet(InputStream body) throws IOException {
    byte[] bytes = body.readNBytes(MOST_BODY_BYTES + 1);
    try {
      JsonNode text = bytes.length > MOST_BODY_BYTES ? null : JSON.readTree(bytes).get("snippet");
      return Optional.ofNullable(text)
          .filter(JsonNode::isString)
          .map(value -> new Snippet(value.stringValue()));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  private static ObjectNode usage(TenantDesk<?, ?> desk) {
    return JSON.createObjectNode()
        .put("tenant", desk.tenant().id())
        .put("calls", desk.spend().lmCalls())
        .put("cached_calls", desk.spend().cachedCalls())
        .put("failed_calls", desk.failed())
        .put("tokens", desk.spend().usage().totalTokens());
  }

  private static ArrayNode history(TenantDesk<?, ?> desk) {
    ArrayNode calls = JSON.createArrayNode();
    for (RecordedCall call : desk.history().last(Integer.MAX_VALUE)) {
      ObjectNode each = calls.addObject();
      each.put("request", call.request());
      each.put("reply", call.problem().map("failed: "::concat).orElseGet(call::reply));
      each.set("metadata", JSON.valueToTree(call.metadata()));
    }
    return calls;
  }

  /** What Hone says of a failure holds no credential; what others say stays here. */
  private static Reply failed(Throwable error) {
    if (error instanceof LmException.Vetoed) {
      return error(403, error.getMessage());
    } else if (error instanceof LmException.Retriable) {
      return error(503, "The model is not available");
    }
    return error instanceof LmException || error instanceof UnparsableReplyException
        ? error(502, "The model gave no usable answer")
        : error(500, "The service failed");
  }

  private static Reply error(int status, @Nullable String message) {
    return new Reply(status, JSON.createObjectNode().put("error", message));
  }
}
