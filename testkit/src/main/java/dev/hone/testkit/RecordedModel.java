package dev.hone.testkit;

import dev.hone.InvalidInputException;
import dev.hone.lm.Capabilities;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.pipeline.LmPipeline;
import dev.hone.text.Excerpt;
import dev.hone.text.Redaction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A model that was asked once, and answers the same ever after: the first run of a test asks the
 * real model and writes its replies to a file of JSON; later runs read the file, and need neither
 * network nor key. Commit the file beside the test.
 *
 * <pre>{@code
 * try (var model = RecordedModel.of(Path.of("src/test/resources/triage.json"),
 *     () -> LanguageModel.named("openai:gpt-4o-mini"))) { ... }
 * }</pre>
 *
 * <p>All that the model offers is recorded, so that later runs render the same prompts. What looks
 * like a credential is not written, see {@link Redaction}; the run that records gets the same text
 * as those that replay. Equal requests get their replies in the order in which they were recorded,
 * and the last one again after that. Failures are not recorded. Thread-safe; {@link #close} writes
 * what was recorded.
 */
public final class RecordedModel implements LanguageModel, AutoCloseable {
  private final Path file;
  private final @Nullable LanguageModel recorded;
  private final String id;
  private final Capabilities capabilities;
  private final Map<String, List<RecordedReply>> replies = new TreeMap<>();
  private final Map<String, Integer> given = new TreeMap<>();
  private final LmPipeline keys;
  private volatile boolean wasAsked;

  private RecordedModel(Path file, @Nullable LanguageModel recorded, RecordedReply.Head head) {
    this.file = file;
    this.recorded = recorded;
    this.id = head.model();
    this.capabilities = head.capabilities();
    this.keys = LmPipeline.builder(ScriptedModel.inOrder().withId(id)).noCache().build();
  }

  /**
   * A model that replays the file if there is one, and else records another model into it.
   *
   * @param model makes the model that is recorded; not called if the file is there
   * @throws InvalidInputException if the file is there and is no recording
   */
  public static RecordedModel of(Path file, Supplier<? extends LanguageModel> model) {
    if (Files.exists(file)) {
      return replaying(file);
    }
    LanguageModel recorded = model.get();
    return new RecordedModel(
        file, recorded, new RecordedReply.Head(recorded.id(), recorded.capabilities()));
  }

  /**
   * A model that replays a file.
   *
   * @throws InvalidInputException if there is none, or it is no recording
   */
  public static RecordedModel replaying(Path file) {
    RecordedReply.Recording recording = RecordedReply.read(file);
    RecordedModel model = new RecordedModel(file, null, recording.head());
    recording.replies().forEach(reply -> model.add(reply.key(), reply));
    return model;
  }

  /** Whether another model is asked, and its replies are recorded. */
  public boolean isRecording() {
    return recorded != null;
  }

  /**
   * Answers as it was recorded.
   *
   * @throws AssertionError if the request is none that was recorded, which no pipeline and no
   *     engine takes for a failing provider
   */
  @Override
  public LmResponse call(LmRequest request) {
    String key = keys.requestKey(request);
    return recorded == null ? replay(key, request) : record(recorded, key, request);
  }

  private LmResponse record(LanguageModel model, String key, LmRequest request) {
    wasAsked = true;
    LmResponse reply = RecordedReply.withoutSecrets(model.call(request));
    synchronized (replies) {
      add(key, new RecordedReply(key, Redaction.of(request.toText()), reply));
    }
    return reply;
  }

  private void add(String key, RecordedReply reply) {
    replies.computeIfAbsent(key, none -> new ArrayList<>()).add(reply);
  }

  private LmResponse replay(String key, LmRequest request) {
    synchronized (replies) {
      List<RecordedReply> known = replies.get(key);
      if (known == null) {
        throw new AssertionError(unknown(request));
      }
      int times = given.merge(key, 1, Integer::sum);
      return known.get(Math.min(times, known.size()) - 1).reply();
    }
  }

  private String unknown(LmRequest request) {
    List<LmMessage> messages = request.messages();
    String end = messages.get(messages.size() - 1).text();
    return ("The recording %s has no reply to a request that ends with: %s%nMaybe the program's"
            + " prompt, its data or its options changed since: delete the file, and run the test"
            + " once with the model to record it anew.")
        .formatted(file, Redaction.of(Excerpt.of(end, 200)));
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Capabilities capabilities() {
    return capabilities;
  }

  /** The number of replies that it has, recorded now or before. */
  public int size() {
    synchronized (replies) {
      return replies.values().stream().mapToInt(List::size).sum();
    }
  }

  /** The recorded request whose text has all of these words, as it was written; for tests. */
  public Optional<String> asked(String... words) {
    synchronized (replies) {
      return replies.values().stream()
          .flatMap(List::stream)
          .map(RecordedReply::asked)
          .filter(text -> List.of(words).stream().allMatch(text::contains))
          .findFirst();
    }
  }

  /**
   * Writes what was recorded, in an order that does not depend on that of the calls. Nothing if it
   * replays, nor if none of its calls was answered, as without a network: the next run then
   * records.
   *
   * @throws InvalidInputException if the file cannot be written
   */
  @Override
  public void close() {
    if (recorded == null || wasAsked && size() == 0) {
      return;
    }
    synchronized (replies) {
      RecordedReply.write(
          file,
          new RecordedReply.Head(id, capabilities),
          replies.values().stream().flatMap(List::stream).toList());
    }
  }

  /** One line, such as {@code RecordedModel[openai:gpt-4o-mini, 12 replies of triage.json]}. */
  @Override
  public String toString() {
    return "RecordedModel[%s, %d replies of %s]".formatted(id, size(), file.getFileName());
  }
}
