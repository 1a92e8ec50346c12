package dev.hone.langchain4j.batch;

import dev.hone.json.Json;
import dev.hone.langchain4j.wire.ApiClient;
import dev.hone.langchain4j.wire.Endpoint;
import dev.hone.lm.LmException;
import dev.hone.lm.LmRequest;
import dev.hone.lm.batch.BatchApi;
import dev.hone.lm.batch.BatchState;
import dev.hone.lm.batch.BatchState.Phase;
import dev.hone.lm.batch.BatchedReply;
import dev.langchain4j.http.client.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * Anthropic's message batches: all requests in one body, and their results as lines. A batch has no
 * place for a mark: it is found as the one with as many requests, made since then. Thread-safe.
 */
public final class AnthropicBatchApi implements BatchApi {
  /** Anthropic takes 100,000 requests in 256 MB; a batch is put together in memory. */
  private static final Limits LIMITS = new Limits(100_000, 100_000_000);

  private static final String PATH = "/messages/batches";
  private static final String VERSION = "2023-06-01";
  private static final String BETA = "anthropic-beta";
  private static final long FRAME = 60;
  private static final Duration CLOCK_DRIFT = Duration.ofMinutes(1);

  /** The statuses that errors have in single calls. */
  private static final Map<String, Integer> STATUSES =
      Map.of(
          "authentication_error", 401,
          "billing_error", 402,
          "permission_error", 403,
          "not_found_error", 404,
          "request_too_large", 413,
          "rate_limit_error", 429,
          "api_error", 500,
          "timeout_error", 504,
          "overloaded_error", 529);

  private final String modelId;
  private final PaperModel paper;
  private final ApiClient client;

  /**
   * The batch API of an endpoint.
   *
   * @param paper the model that writes and reads the parts of a batch
   */
  public AnthropicBatchApi(Endpoint endpoint, PaperModel paper) {
    this.modelId = endpoint.id();
    this.paper = paper;
    String key = Objects.requireNonNullElse(endpoint.key(), "");
    this.client = new ApiClient(endpoint, Map.of("x-api-key", key, "anthropic-version", VERSION));
  }

  @Override
  public Limits limits() {
    return LIMITS;
  }

  @Override
  public long sizeOf(LmRequest request) {
    return FRAME + PaperModel.line(paper.sent(request)).getBytes(StandardCharsets.UTF_8).length;
  }

  @Override
  public void check() {
    client.get(PATH + "?limit=1");
  }

  @Override
  public String submit(String mark, List<Item> items) {
    TreeSet<String> betas = new TreeSet<>();
    List<byte[]> parts = new ArrayList<>();
    String before = "{\"requests\":[";
    for (Item item : items) {
      HttpRequest sent = paper.sent(item.request());
      betas.addAll(PaperModel.header(sent, BETA));
      add(parts, "%s{\"custom_id\":\"%s\",\"params\":".formatted(before, item.id()));
      add(parts, PaperModel.line(sent));
      add(parts, "}");
      before = ",\n";
    }
    add(parts, "]}");
    Map<String, String> headers = new TreeMap<>(Map.of("Content-Type", "application/json"));
    if (!betas.isEmpty()) {
      headers.put(BETA, String.join(",", betas));
    }
    String id = client.post(PATH, headers, parts).path("id").asString("");
    if (id.isEmpty()) {
      throw new LmException.InvalidRequest(
          modelId + " made a batch without an id. Maybe its server has no batch API.", null);
    }
    return id;
  }

  private static void add(List<byte[]> parts, String text) {
    parts.add(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Optional<String> find(String mark, int requests, Instant since) {
    List<String> found = new ArrayList<>();
    for (JsonNode batch : client.get(PATH + "?limit=100").path("data")) {
      JsonNode counts = batch.path("request_counts");
      long all = 0;
      for (JsonNode count : counts) {
        all += count.asLong(0);
      }
      if (all == requests && isSince(batch.path("created_at").asString(""), since)) {
        found.add(batch.path("id").asString(""));
      }
    }
    return found.stream().filter(id -> found.size() == 1 || isOf(mark, id)).findFirst();
  }

  private static boolean isSince(String created, Instant since) {
    try {
      return !Instant.parse(created).isBefore(since.minus(CLOCK_DRIFT));
    } catch (DateTimeException e) {
      return false;
    }
  }

  /** Of several, those that have ended show in their results whose they are. */
  private boolean isOf(String mark, String id) {
    try {
      return results(id).keySet().stream().anyMatch(item -> item.startsWith(mark));
    } catch (LmException e) {
      return false;
    }
  }

  @Override
  public Optional<BatchState> look(String id) {
    return client
        .find(PATH + "/" + id)
        .filter(batch -> batch.path("archived_at").isNull() || !batch.has("archived_at"))
        .map(AnthropicBatchApi::state);
  }

  private static BatchState state(JsonNode batch) {
    JsonNode counts = batch.path("request_counts");
    long answered = counts.path("succeeded").asLong(0);
    long failed = 0;
    for (String count : List.of("errored", "canceled", "expired")) {
      failed += counts.path(count).asLong(0);
    }
    Phase phase =
        !batch.path("processing_status").asString("").equals("ended")
            ? Phase.RUNNING
            : counts.path("canceled").asLong(0) > 0
                ? Phase.CANCELLED
                : counts.path("expired").asLong(0) > 0 ? Phase.EXPIRED : Phase.COMPLETED;
    return BatchState.of(phase, answered, failed);
  }

  @Override
  public Map<String, BatchedReply> results(String id) {
    Map<String, BatchedReply> replies = new HashMap<>();
    try {
      // Not by the results_url of the reply: the key goes to the address that was given only.
      client.lines(PATH + "/" + id + "/results", line -> add(Json.parse(line), replies));
    } catch (LmException.InvalidRequest e) {
      throw new LmException.Unavailable(
          "The replies of the batch %s of %s are not there yet".formatted(id, modelId), null, e);
    }
    return replies;
  }

  private void add(JsonNode line, Map<String, BatchedReply> replies) {
    JsonNode result = line.path("result");
    String id = line.path("custom_id").asString("");
    switch (result.path("type").asString("")) {
      case "succeeded" -> {
        String body = Json.write(result.path("message"));
        replies.put(id, request -> paper.read(200, body, request));
      }
      case "canceled" ->
          replies.put(
              id,
              BatchedReply.failed(
                  new LmException.Vetoed(
                      "The batch of %s was cancelled before the request was answered. Maybe run it again."
                          .formatted(modelId),
                      null)));
      case "expired" ->
          replies.put(
              id,
              BatchedReply.failed(
                  new LmException.TimedOut(
                      "%s did not answer before its batch expired".formatted(modelId), null)));
      default -> {
        JsonNode error = result.path("error");
        String type = error.path("error").path("type").asString("");
        String body = Json.write(error);
        int status = STATUSES.getOrDefault(type, 400);
        replies.put(id, request -> paper.read(status, body, request));
      }
    }
  }
}
