package dev.hone.modelserver;

import dev.hone.json.Json;
import dev.hone.modelserver.ModelServer.Api;
import dev.hone.modelserver.ServedBatch.Item;
import dev.hone.modelserver.wire.WireAnswer;
import dev.hone.modelserver.wire.WireError;
import dev.hone.modelserver.wire.WireFormat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes files and batches in the wire formats of OpenAI and Anthropic, and keeps them in memory.
 * Each batch is worked on by a thread of its own. Thread-safe.
 */
final class BatchDesk implements AutoCloseable {
  private static final String CHAT = "/v1/chat/completions";
  private static final String MESSAGES = "/v1/messages";
  private static final String BATCHES = "/v1/batches";
  private static final String FILES = "/v1/files";
  private static final String MESSAGE_BATCHES = MESSAGES + "/batches";
  private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)");

  private final Map<String, WireFormat> formats;
  private final BatchBehavior behavior;
  private final BiFunction<String, ObjectNode, WireAnswer> model;
  private final AtomicInteger count = new AtomicInteger();
  private final Map<String, String> files = new ConcurrentHashMap<>();
  private final Map<String, ServedBatch> batches = new ConcurrentSkipListMap<>();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

  /**
   * A desk without batches.
   *
   * @param formats the wire formats that are served, by path
   * @param model answers the body of a request that was sent to a path
   */
  BatchDesk(
      Map<String, WireFormat> formats,
      BatchBehavior behavior,
      BiFunction<String, ObjectNode, WireAnswer> model) {
    this.formats = formats;
    this.behavior = behavior;
    this.model = model;
  }

  /**
   * What a client asks of files and batches.
   *
   * @param contentType empty if there is none
   */
  record Question(String method, String path, String contentType, String body) {
    boolean is(String wantedMethod, String wantedPath) {
      return method.equals(wantedMethod) && path.equals(wantedPath);
    }

    /** What stands behind a path and a slash; empty if it is another one. */
    Optional<String> below(String parent) {
      return path.startsWith(parent + "/")
          ? Optional.of(path.substring(parent.length() + 1))
          : Optional.empty();
    }
  }

  /** The format of a path that is about files or batches; empty if it is about neither. */
  Optional<WireFormat> format(String path) {
    boolean openAi = path.startsWith(BATCHES) || path.startsWith(FILES);
    String calls = path.startsWith(MESSAGE_BATCHES) ? MESSAGES : openAi ? CHAT : "";
    return Optional.ofNullable(formats.get(calls));
  }

  /** The answer to a question about files or batches. */
  WireAnswer answer(Question question, WireFormat format) {
    try {
      if (question.is("POST", FILES)) {
        return upload(question);
      } else if (question.is("POST", BATCHES)) {
        return openAiBatch(object(question.body()));
      } else if (question.is("POST", MESSAGE_BATCHES)) {
        return anthropicBatch(object(question.body()));
      } else if (question.is("GET", BATCHES)) {
        return list(Api.OPENAI);
      } else if (question.is("GET", MESSAGE_BATCHES)) {
        return list(Api.ANTHROPIC);
      }
      return question
          .below(FILES)
          .flatMap(this::file)
          .or(() -> question.below(BATCHES).flatMap(rest -> batch(question, rest, format)))
          .or(() -> question.below(MESSAGE_BATCHES).flatMap(rest -> batch(question, rest, format)))
          .orElseGet(() -> format.error(WireError.NOT_FOUND, "There is no " + question.path()));
    } catch (JacksonException e) {
      return format.error(WireError.NOT_JSON, "The body is not JSON");
    } catch (IllegalArgumentException e) {
      return format.error(WireError.INVALID, String.valueOf(e.getMessage()));
    }
  }

  private static ObjectNode object(String body) {
    return Json.parse(body) instanceof ObjectNode object ? object : Json.object();
  }

  private WireAnswer upload(Question question) {
    Matcher boundary = BOUNDARY.matcher(question.contentType());
    if (!boundary.find()) {
      throw new IllegalArgumentException("A file comes as multipart/form-data");
    }
    for (String part : question.body().split(Pattern.quote("--" + boundary.group(1)))) {
      int head = part.indexOf("\r\n\r\n");
      if (head > 0 && part.substring(0, head).contains("name=\"file\"")) {
        String id = "file-" + count.incrementAndGet();
        String content = part.substring(head + 4, part.length() - 2);
        files.put(id, content);
        return WireAnswer.of(
            Json.object()
                .put("id", id)
                .put("object", "file")
                .put("bytes", content.length())
                .put("purpose", "batch"));
      }
    }
    throw new IllegalArgumentException("There is no part of the name file");
  }

  private WireAnswer openAiBatch(ObjectNode order) {
    String file = files.get(order.path("input_file_id").asString(""));
    if (file == null) {
      throw new IllegalArgumentException("There is no such input_file_id");
    } else if (!order.path("endpoint").asString("").equals(CHAT)) {
      throw new IllegalArgumentException("endpoint: there is only " + CHAT);
    }
    return begun("batch_", Api.OPENAI, ServedBatch.parsed(file), order, CHAT);
  }

  private WireAnswer anthropicBatch(ObjectNode order) {
    List<Item> items = new ArrayList<>();
    for (JsonNode request : order.path("requests")) {
      if (!(request.path("params") instanceof ObjectNode params)) {
        throw new IllegalArgumentException("requests: params: Field required");
      }
      items.add(new Item(request.path("custom_id").asString(""), params));
    }
    return begun("msgbatch_", Api.ANTHROPIC, items, Json.object(), MESSAGES);
  }

  private WireAnswer begun(
      String prefix, Api api, List<Item> items, ObjectNode order, String path) {
    Set<String> ids = new HashSet<>();
    for (Item item : items) {
      if (!item.id().matches("[A-Za-z0-9_-]{1,64}") || !ids.add(item.id())) {
        throw new IllegalArgumentException("custom_id: not unique, or not 1 to 64 letters");
      }
    }
    if (items.isEmpty()) {
      throw new IllegalArgumentException("requests: at least one is required");
    }
    String id = "%s%04d".formatted(prefix, count.incrementAndGet());
    ServedBatch batch = new ServedBatch(id, api, items, order, behavior);
    batches.put(id, batch);
    Thread worker =
        new Thread(() -> batch.work(body -> model.apply(path, body)), "model-server-" + id);
    worker.setDaemon(true);
    threads.add(worker);
    worker.start();
    return WireAnswer.of(batch.json());
  }

  /** The newest first. */
  private WireAnswer list(Api api) {
    ObjectNode list = Json.object().put("object", "list").put("has_more", false);
    var data = list.putArray("data");
    batches.values().stream()
        .filter(batch -> batch.api() == api)
        .sorted(Comparator.comparing(ServedBatch::id).reversed())
        .forEach(batch -> data.add(batch.json()));
    return WireAnswer.of(list);
  }

  private Optional<WireAnswer> file(String rest) {
    String id = rest.replaceFirst("/content$", "");
    if (files.containsKey(id)) {
      return Optional.of(jsonl(files.getOrDefault(id, "")));
    }
    boolean output = id.endsWith("-output");
    ServedBatch batch = batches.get(id.replaceFirst("-(output|error)$", ""));
    return Optional.ofNullable(batch)
        .filter(it -> it.api() == Api.OPENAI && it.hasOutput())
        .map(it -> jsonl(it.openAiLines(output)));
  }

  private Optional<WireAnswer> batch(Question question, String rest, WireFormat format) {
    ServedBatch batch = batches.get(rest.replaceFirst("/.*", ""));
    if (batch == null
        || !question.path().contains(batch.api() == Api.OPENAI ? BATCHES : MESSAGES)) {
      return Optional.empty();
    }
    if (rest.endsWith("/cancel")) {
      batch.cancel();
    } else if (rest.endsWith("/results")) {
      return Optional.of(batch)
          .filter(ServedBatch::hasOutput)
          .map(it -> jsonl(it.anthropicLines()));
    } else if (batch.refusesLook()) {
      return Optional.of(format.error(WireError.RATE_LIMITED, "Too many looks at batches"));
    }
    return Optional.of(WireAnswer.of(batch.json()));
  }

  private static WireAnswer jsonl(String lines) {
    return WireAnswer.of(200, lines).withHeaders(Map.of("Content-Type", "application/jsonl"));
  }

  /** How many batches were handed in. */
  int batches() {
    return batches.size();
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
  }
}
