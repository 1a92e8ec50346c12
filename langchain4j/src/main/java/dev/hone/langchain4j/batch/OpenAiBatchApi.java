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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * OpenAI's batch API: a file of requests is uploaded, a batch is made of it, and ends with a file
 * of replies and one of errors. A batch carries its mark in its metadata, by which it is found.
 * Thread-safe.
 */
public final class OpenAiBatchApi implements BatchApi {
  /** OpenAI takes 50,000 requests in 200 MB; a batch is put together in memory. */
  private static final Limits LIMITS = new Limits(50_000, 100_000_000);

  private static final String PATH = "/v1/chat/completions";
  private static final String MARK = "hone_batch";
  private static final long FRAME = 120;
  private static final int PAGE = 100;
  private static final int MOST_PAGES = 20;
  private static final Duration CLOCK_DRIFT = Duration.ofMinutes(10);

  private final String modelId;
  private final PaperModel paper;
  private final ApiClient client;

  /**
   * The batch API of an endpoint.
   *
   * @param paper the model that writes and reads the parts of a batch
   */
  public OpenAiBatchApi(Endpoint endpoint, PaperModel paper) {
    this.modelId = endpoint.id();
    this.paper = paper;
    this.client =
        new ApiClient(
            endpoint,
            endpoint.key() == null
                ? Map.of()
                : Map.of("Authorization", "Bearer " + endpoint.key()));
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
    try {
      client.get("/batches?limit=1");
    } catch (LmException.InvalidRequest e) {
      throw new LmException.InvalidRequest(
          "%s has no batch API at its address: %s. Maybe run it without --batch."
              .formatted(modelId, e.getMessage()),
          e);
    }
  }

  @Override
  public String submit(String mark, List<Item> items) {
    ObjectNode order =
        Json.object()
            .put("input_file_id", uploaded(mark, items))
            .put("endpoint", PATH)
            .put("completion_window", "24h");
    order.putObject("metadata").put(MARK, mark);
    JsonNode batch =
        client.post(
            "/batches",
            Map.of("Content-Type", "application/json"),
            List.of(Json.write(order).getBytes(StandardCharsets.UTF_8)));
    return text(batch, "id")
        .orElseThrow(
            () ->
                new LmException.InvalidRequest(
                    modelId + " made a batch without an id. Maybe its server has no batch API.",
                    null));
  }

  private String uploaded(String mark, List<Item> items) {
    String boundary = "hone-" + mark;
    List<byte[]> parts = new ArrayList<>();
    add(
        parts,
        "--%s\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nbatch\r\n"
            .formatted(boundary));
    add(
        parts,
        "--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"hone-%s.jsonl\"\r\nContent-Type: application/jsonl\r\n\r\n"
            .formatted(boundary, mark));
    for (Item item : items) {
      add(
          parts,
          "{\"custom_id\":\"%s\",\"method\":\"POST\",\"url\":\"%s\",\"body\":"
              .formatted(item.id(), PATH));
      add(parts, PaperModel.line(paper.sent(item.request())));
      add(parts, "}\n");
    }
    add(parts, "\r\n--%s--\r\n".formatted(boundary));
    JsonNode file =
        client.post(
            "/files", Map.of("Content-Type", "multipart/form-data; boundary=" + boundary), parts);
    return text(file, "id").orElse("");
  }

  private static void add(List<byte[]> parts, String text) {
    parts.add(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Optional<String> find(String mark, int requests, Instant since) {
    String after = "";
    for (int page = 0; page < MOST_PAGES; page++) {
      JsonNode list = client.get("/batches?limit=" + PAGE + after);
      String last = "";
      boolean older = false;
      for (JsonNode batch : list.path("data")) {
        if (batch.path("metadata").path(MARK).asString("").equals(mark)) {
          return text(batch, "id");
        }
        last = batch.path("id").asString("");
        long created = batch.path("created_at").asLong(Long.MAX_VALUE);
        older |= created < since.minus(CLOCK_DRIFT).getEpochSecond();
      }
      if (older || last.isEmpty() || !list.path("has_more").asBoolean(false)) {
        return Optional.empty();
      }
      after = "&after=" + last;
    }
    return Optional.empty();
  }

  @Override
  public Optional<BatchState> look(String id) {
    return client.find("/batches/" + id).map(this::state);
  }

  private BatchState state(JsonNode batch) {
    JsonNode counts = batch.path("request_counts");
    long answered = counts.path("completed").asLong(0);
    long failed = counts.path("failed").asLong(0);
    return switch (batch.path("status").asString("")) {
      case "completed" -> BatchState.of(Phase.COMPLETED, answered, failed);
      case "expired" -> BatchState.of(Phase.EXPIRED, answered, failed);
      case "cancelled" -> BatchState.of(Phase.CANCELLED, answered, failed);
      case "failed" -> BatchState.failed(refusal(batch.path("errors").path("data").path(0)));
      default -> BatchState.of(Phase.RUNNING, answered, failed);
    };
  }

  /** Why a batch was not taken: it is malformed, or more than may be enqueued at once. */
  private LmException refusal(JsonNode error) {
    boolean tooMuch = error.path("code").asString("").contains("limit");
    ObjectNode body = Json.object();
    body.set("error", error.isObject() ? error : Json.object().put("message", "batch failed"));
    return client.failure(tooMuch ? 429 : 400, Json.write(body));
  }

  @Override
  public Map<String, BatchedReply> results(String id) {
    JsonNode batch = client.get("/batches/" + id);
    Map<String, BatchedReply> replies = new HashMap<>();
    Optional<String> output = text(batch, "output_file_id");
    if (output.isEmpty() && batch.path("request_counts").path("completed").asLong(0) > 0) {
      throw late(id, null);
    }
    for (String name : List.of("error_file_id", "output_file_id")) {
      text(batch, name).ifPresent(file -> read(id, file, replies));
    }
    return replies;
  }

  private LmException.Unavailable late(String id, @Nullable LmException error) {
    return new LmException.Unavailable(
        "The replies of the batch %s of %s are not there yet".formatted(id, modelId), null, error);
  }

  private void read(String id, String file, Map<String, BatchedReply> replies) {
    try {
      client.lines("/files/" + file + "/content", line -> add(Json.parse(line), replies));
    } catch (LmException.InvalidRequest e) {
      throw late(id, e);
    }
  }

  private void add(JsonNode line, Map<String, BatchedReply> replies) {
    String id = line.path("custom_id").asString("");
    JsonNode response = line.path("response");
    if (response.path("body").isObject()) {
      int status = response.path("status_code").asInt(200);
      String body = Json.write(response.path("body"));
      replies.put(id, request -> paper.read(status, body, request));
    } else {
      replies.put(id, BatchedReply.failed(failure(line.path("error"))));
    }
  }

  private LmException failure(JsonNode error) {
    String said = error.path("message").asString("no reason was given");
    return switch (error.path("code").asString("")) {
      case "batch_expired" ->
          new LmException.TimedOut(
              "%s did not answer before its batch expired: %s".formatted(modelId, said), null);
      case "batch_cancelled" ->
          new LmException.Vetoed(
              "The batch of %s was cancelled: %s".formatted(modelId, said), null);
      default -> {
        ObjectNode body = Json.object();
        body.set("error", error);
        yield client.failure(500, Json.write(body));
      }
    };
  }

  private static Optional<String> text(JsonNode node, String name) {
    return node.path(name).asStringOpt().filter(value -> !value.isBlank());
  }
}
