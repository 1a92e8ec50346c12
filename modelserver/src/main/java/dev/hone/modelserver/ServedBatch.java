package dev.hone.modelserver;

import dev.hone.json.Json;
import dev.hone.modelserver.ModelServer.Api;
import dev.hone.modelserver.wire.WireAnswer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A batch that was handed in: its requests, and what became of them. Thread-safe. */
final class ServedBatch {
  private static final int SECONDS_OF_A_DAY = 86_400;

  private final String id;
  private final Api api;
  private final List<Item> items;
  private final ObjectNode order;
  private final BatchBehavior behavior;
  private final Instant created = Instant.now().truncatedTo(ChronoUnit.MILLIS);
  private final Map<Integer, WireAnswer> answers = new ConcurrentHashMap<>();
  private final AtomicInteger looks = new AtomicInteger();
  private volatile boolean cancelled;
  private volatile boolean ended;
  private volatile long endedNanos;

  /**
   * A request of a batch.
   *
   * @param id the id that the client gave it
   * @param body what a single call would send
   */
  record Item(String id, ObjectNode body) {}

  /**
   * A batch on which nobody works yet.
   *
   * @param order what it was ordered with, which an OpenAI batch shows again
   */
  ServedBatch(String id, Api api, List<Item> items, ObjectNode order, BatchBehavior behavior) {
    this.id = id;
    this.api = api;
    this.items = List.copyOf(items);
    this.order = order;
    this.behavior = behavior;
  }

  String id() {
    return id;
  }

  Api api() {
    return api;
  }

  /** Answers its requests one after the other, until it expires, is cancelled or done. */
  void work(Function<ObjectNode, WireAnswer> model) {
    try {
      Thread.sleep(behavior.delay().toMillis());
    } catch (InterruptedException e) {
      return; // the server is being closed
    }
    int most = Math.min(items.size(), behavior.expireAfter());
    for (int i = 0; i < most && !cancelled; i++) {
      answers.put(i, model.apply(items.get(i).body()));
    }
    end();
  }

  private void end() {
    endedNanos = System.nanoTime();
    ended = true;
  }

  void cancel() {
    cancelled = true;
  }

  /** Whether this look at it is one of those that are refused. */
  boolean refusesLook() {
    return looks.incrementAndGet() <= behavior.refusedLooks();
  }

  /** Whether its replies can be fetched. */
  boolean hasOutput() {
    return ended && System.nanoTime() - endedNanos >= behavior.lateOutput().toNanos();
  }

  private boolean isExpired() {
    return ended && !cancelled && answers.size() < items.size();
  }

  private long good() {
    return answers.values().stream().filter(answer -> answer.status() == 200).count();
  }

  /** What is told of it. */
  ObjectNode json() {
    return api == Api.OPENAI ? openAi() : anthropic();
  }

  private ObjectNode openAi() {
    String end = cancelled ? "cancelled" : isExpired() ? "expired" : "completed";
    long good = good();
    ObjectNode json = Json.object().put("id", id).put("object", "batch");
    json.setAll(order);
    json.put("status", ended ? end : cancelled ? "cancelling" : "in_progress");
    json.put("created_at", created.getEpochSecond());
    json.put("expires_at", created.getEpochSecond() + SECONDS_OF_A_DAY);
    json.put("output_file_id", hasOutput() && good > 0 ? id + "-output" : null);
    json.put("error_file_id", hasOutput() && good < items.size() ? id + "-error" : null);
    json.putObject("request_counts")
        .put("total", items.size())
        .put("completed", good)
        .put("failed", answers.size() - good);
    return json;
  }

  private ObjectNode anthropic() {
    long good = good();
    int open = items.size() - answers.size();
    ObjectNode json = Json.object().put("id", id).put("type", "message_batch");
    json.put("processing_status", ended ? "ended" : cancelled ? "canceling" : "in_progress");
    json.put("created_at", created.toString());
    json.put("expires_at", created.plusSeconds(SECONDS_OF_A_DAY).toString());
    json.putNull("archived_at");
    json.put("results_url", hasOutput() ? "/v1/messages/batches/" + id + "/results" : null);
    json.putObject("request_counts")
        .put("processing", ended ? 0 : open)
        .put("succeeded", good)
        .put("errored", answers.size() - good)
        .put("canceled", ended && cancelled ? open : 0)
        .put("expired", isExpired() ? open : 0);
    return json;
  }

  /** The lines of an OpenAI batch: those of good replies, or of all others. */
  String openAiLines(boolean good) {
    StringBuilder lines = new StringBuilder();
    for (int i = items.size() - 1; i >= 0; i--) { // providers keep no order
      WireAnswer answer = answers.get(i);
      if (good == (answer != null && answer.status() == 200)) {
        ObjectNode line = Json.object().put("id", id + "-" + i).put("custom_id", items.get(i).id());
        if (answer == null) {
          line.putNull("response");
          line.putObject("error")
              .put("code", cancelled ? "batch_cancelled" : "batch_expired")
              .put("message", "This request was not executed before the batch ended.");
        } else {
          ObjectNode response = line.putObject("response").put("status_code", answer.status());
          response.set("body", Json.parse(answer.body()));
          line.putNull("error");
        }
        lines.append(Json.write(line)).append('\n');
      }
    }
    return lines.toString();
  }

  /** The lines of an Anthropic batch. */
  String anthropicLines() {
    StringBuilder lines = new StringBuilder();
    for (int i = items.size() - 1; i >= 0; i--) {
      WireAnswer answer = answers.get(i);
      ObjectNode line = Json.object().put("custom_id", items.get(i).id());
      ObjectNode result = line.putObject("result");
      if (answer == null) {
        result.put("type", cancelled ? "canceled" : "expired");
      } else {
        JsonNode body = Json.parse(answer.body());
        boolean good = answer.status() == 200;
        result.put("type", good ? "succeeded" : "errored").set(good ? "message" : "error", body);
      }
      lines.append(Json.write(line)).append('\n');
    }
    return lines.toString();
  }

  /** The requests in a file of OpenAI's. */
  static List<Item> parsed(String jsonl) {
    List<Item> items = new ArrayList<>();
    for (String line : jsonl.lines().filter(each -> !each.isBlank()).toList()) {
      JsonNode json = Json.parse(line);
      if (!(json.path("body") instanceof ObjectNode body)) {
        throw new IllegalArgumentException("A line of the input file has no body");
      }
      items.add(new Item(json.path("custom_id").asString(""), body));
    }
    return items;
  }
}
