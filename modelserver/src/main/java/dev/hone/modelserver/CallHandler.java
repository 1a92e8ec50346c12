package dev.hone.modelserver;

import com.sun.net.httpserver.HttpExchange;
import dev.hone.InvalidInputException;
import dev.hone.embed.Embedder;
import dev.hone.json.Json;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmResponse;
import dev.hone.modelserver.ModelServer.Api;
import dev.hone.modelserver.wire.AnthropicMessages;
import dev.hone.modelserver.wire.ChatCompletions;
import dev.hone.modelserver.wire.Embeddings;
import dev.hone.modelserver.wire.Responses;
import dev.hone.modelserver.wire.WireAnswer;
import dev.hone.modelserver.wire.WireError;
import dev.hone.modelserver.wire.WireFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes the calls of a server, and decides what each is answered. Thread-safe. */
final class CallHandler {
  private static final String EMBEDDINGS = "/v1/embeddings";
  private static final String MODELS = "/v1/models";

  private final LanguageModel model;
  private final Map<String, WireFormat> formats = new TreeMap<>();
  private final Optional<Embedder> embedder;
  private final FaultPlan faults;
  private final int maxAtOnce;
  private final int pieceLength;
  private final boolean keepsCalls;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger maxInFlight = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final Queue<ReceivedCall> calls = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();
  private final ConcurrentMap<String, AtomicInteger> attempts = new ConcurrentHashMap<>();
  private final Queue<WireAnswer> injected = new ConcurrentLinkedQueue<>();
  private final BatchDesk batches;
  private volatile Duration delay;
  private volatile @Nullable String apiKey;

  CallHandler(ModelServer.Builder settings) {
    model = settings.model;
    faults = settings.faults;
    maxAtOnce = settings.maxAtOnce;
    pieceLength = settings.pieceLength;
    keepsCalls = settings.keepsCalls;
    delay = settings.delay;
    apiKey = settings.apiKey;
    boolean openAi = settings.apis.contains(Api.OPENAI);
    embedder = openAi ? settings.embedder() : Optional.empty();
    if (openAi) {
      formats.put("/v1/chat/completions", new ChatCompletions());
      formats.put("/v1/responses", new Responses());
    }
    if (settings.apis.contains(Api.ANTHROPIC)) {
      formats.put("/v1/messages", new AnthropicMessages());
    }
    batches = new BatchDesk(formats, settings.batches, this::inBatch);
  }

  BatchDesk batches() {
    return batches;
  }

  String modelId() {
    return model.id();
  }

  List<ReceivedCall> calls() {
    return List.copyOf(calls);
  }

  int maxInFlight() {
    return maxInFlight.get();
  }

  int refused() {
    return refused.get();
  }

  void failNext(int status, Map<String, String> headers, String body) {
    injected.add(WireAnswer.of(status, body).withHeaders(headers));
  }

  void delay(Duration value) {
    delay = value;
  }

  void requireApiKey(String value) {
    apiKey = value;
  }

  void handle(HttpExchange exchange) throws IOException {
    int now = inFlight.incrementAndGet();
    try (exchange) {
      if (now > maxAtOnce) {
        refused.incrementAndGet();
        try {
          exchange.getRequestBody().readAllBytes();
        } finally {
          leave();
        }
        String message = "At most %d calls at once".formatted(maxAtOnce);
        AnswerWriter.write(exchange, format(exchange).error(WireError.RATE_LIMITED, message));
        return;
      }
      maxInFlight.accumulateAndGet(now, Math::max);
      Outcome outcome;
      try {
        outcome = outcome(exchange);
      } finally {
        leave();
      }
      AnswerWriter.write(exchange, outcome.answer(), outcome.fault());
    }
  }

  /** Before the answer is written: whoever has it may call again at once. */
  private void leave() {
    inFlight.decrementAndGet();
  }

  private record Outcome(WireAnswer answer, WireFault fault) {}

  private Outcome outcome(HttpExchange exchange) throws IOException {
    String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String path = exchange.getRequestURI().getPath();
    String method = exchange.getRequestMethod();
    if (method.equals("GET") && path.equals(MODELS)) {
      return good(models());
    }
    Optional<WireFormat> ofBatches = batches.format(path);
    if (ofBatches.isPresent()) {
      String type = Objects.requireNonNullElse(headers(exchange, "Content-Type"), "");
      return good(
          refusedKey(authorization(exchange), ofBatches.get())
              .orElseGet(
                  () ->
                      batches.answer(
                          new BatchDesk.Question(method, path, type, text), ofBatches.get())));
    }
    boolean known = formats.containsKey(path) || path.equals(EMBEDDINGS) && embedder.isPresent();
    if (!method.equals("POST") || !known) {
      return good(format(exchange).error(WireError.NOT_FOUND, "There is only POST " + paths()));
    }
    JsonNode body;
    try {
      body = Json.parse(text);
    } catch (JacksonException e) {
      return good(format(exchange).error(WireError.NOT_JSON, "The body is not JSON"));
    }
    if (!(body instanceof ObjectNode object)) {
      return good(format(exchange).error(WireError.NOT_JSON, "The body is not a JSON object"));
    }
    ReceivedCall call = received(path, object, text, authorization(exchange));
    return outcome(call, format(exchange));
  }

  private static Outcome good(WireAnswer answer) {
    return new Outcome(answer, WireFault.none());
  }

  private String paths() {
    return String.join(", ", formats.keySet());
  }

  private ReceivedCall received(String path, ObjectNode body, String text, String authorization) {
    int number = count.incrementAndGet();
    if (!keepsCalls) {
      return new ReceivedCall(number, 1, path, body, authorization);
    }
    int attempt = attempts.computeIfAbsent(text, key -> new AtomicInteger()).incrementAndGet();
    ReceivedCall call = new ReceivedCall(number, attempt, path, body, authorization);
    calls.add(call);
    return call;
  }

  /** A request of a batch: it meets the faults that are statuses. */
  private WireAnswer inBatch(String path, ObjectNode body) {
    ReceivedCall call = received(path, body, Json.write(body), "");
    WireFormat format = formats.getOrDefault(path, new ChatCompletions());
    WireFault fault = faults.of(call);
    return fault.kind() == WireFault.Kind.STATUS
        ? fault.refusal(format)
        : ask(call, format, WireFault.none());
  }

  private static @Nullable String headers(HttpExchange exchange, String name) {
    return exchange.getRequestHeaders().getFirst(name);
  }

  private static String authorization(HttpExchange exchange) {
    String bearer = headers(exchange, "Authorization");
    String key = headers(exchange, "x-api-key");
    return bearer != null ? bearer : Objects.requireNonNullElse(key, "");
  }

  /** The format of a path; that of chat completions where there is none. */
  private WireFormat format(HttpExchange exchange) {
    WireFormat format = formats.get(exchange.getRequestURI().getPath());
    return format == null ? new ChatCompletions() : format;
  }

  private Outcome outcome(ReceivedCall call, WireFormat format) {
    WireFault fault = faults.of(call);
    try {
      Thread.sleep(delay.plus(fault.delay()).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return good(format.error(WireError.CLOSED, "The server is being closed"));
    }
    WireAnswer instead = injected.poll();
    if (instead != null) {
      return good(instead);
    }
    if (fault.kind() == WireFault.Kind.STATUS) {
      return good(fault.refusal(format));
    }
    Optional<WireAnswer> refused = refusedKey(call.authorization(), format);
    if (refused.isPresent()) {
      return good(refused.get());
    }
    return new Outcome(ask(call, format, fault), fault);
  }

  private Optional<WireAnswer> refusedKey(String given, WireFormat format) {
    String key = apiKey;
    return key == null || given.equals(key) || given.equals("Bearer " + key)
        ? Optional.empty()
        : Optional.of(format.error(WireError.UNAUTHORIZED, "Incorrect API key: " + given));
  }

  private WireAnswer ask(ReceivedCall call, WireFormat format, WireFault fault) {
    try {
      if (call.path().equals(EMBEDDINGS)) {
        return WireAnswer.of(Embeddings.answer(call.body(), embedder.orElseThrow()));
      }
      LmResponse reply =
          fault.asksModel()
              ? model.call(format.request(call.body()))
              : LmResponse.builder().text("nobody reads this").build();
      ObjectNode asked = call.body();
      if (fault.kind() == WireFault.Kind.WRONG_MODEL) {
        asked = asked.deepCopy().put("model", "another-model");
      }
      return call.isStream()
          ? WireAnswer.stream(format.stream(asked, reply, pieceLength))
          : WireAnswer.of(format.reply(asked, reply));
    } catch (LmException e) {
      return withRetryAfter(e, format.error(WireError.of(e), String.valueOf(e.getMessage())));
    } catch (IllegalArgumentException | InvalidInputException | AssertionError e) {
      return format.error(WireError.INVALID, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      return format.error(WireError.BROKEN, String.valueOf(e.getMessage()));
    }
  }

  private static WireAnswer withRetryAfter(LmException error, WireAnswer answer) {
    return error instanceof LmException.Retriable retriable && retriable.retryAfter().isPresent()
        ? answer.withHeaders(
            Map.of(
                "Retry-After",
                Long.toString((retriable.retryAfter().get().toMillis() + 999) / 1_000)))
        : answer;
  }

  private WireAnswer models() {
    ObjectNode body = Json.object().put("object", "list");
    body.putArray("data")
        .addObject()
        .put("id", model.id())
        .put("object", "model")
        .put("type", "model")
        .put("display_name", model.id())
        .put("created", 1_767_225_600L)
        .put("created_at", "2026-01-01T00:00:00Z")
        .put("owned_by", "hone");
    return WireAnswer.of(body.put("has_more", false));
  }
}
