package dev.hone.optimize.journal;

import dev.hone.InvalidInputException;
import dev.hone.context.Context;
import dev.hone.context.ContextKey;
import dev.hone.file.WholeFile;
import dev.hone.json.Json;
import dev.hone.lm.LmException;
import dev.hone.lm.LmResponse;
import dev.hone.observe.EventListener;
import dev.hone.replay.CallOutcome;
import dev.hone.replay.CallPlace;
import dev.hone.replay.CallRecorder;
import java.io.Closeable;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The journal of a run in a folder, open for one time that the run is made: gives back the replies
 * of earlier times, and appends those of this time. Thread-safe.
 */
public final class RunJournal implements CallRecorder, Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(RunJournal.class);
  private static final ContextKey<CallRecorder> KEY = ContextKey.named("journal");
  private static final int FORMAT = 1;

  private final Path folder;
  private final JournalLock lock;
  private final RecordedRun recorded;
  private final JournalWriter writer;
  private final JournalReader reader;
  private final AtomicBoolean begun = new AtomicBoolean();

  private RunJournal(
      Path folder,
      JournalLock lock,
      RecordedRun recorded,
      JournalWriter writer,
      JournalReader reader) {
    this.folder = folder;
    this.lock = lock;
    this.recorded = recorded;
    this.writer = writer;
    this.reader = reader;
  }

  /** Opens the file of a journal for appending. */
  @FunctionalInterface
  interface Opening {
    JournalOutput open(Path file) throws IOException;
  }

  /**
   * Opens the journal of a run, which need not be there yet.
   *
   * @throws InvalidInputException if it is of another run, is being written by one, is another
   *     file, or cannot be read or written
   */
  public static RunJournal open(Path folder, RunFingerprint fingerprint) {
    return open(folder, fingerprint, JournalOutput::of);
  }

  static RunJournal open(Path folder, RunFingerprint fingerprint, Opening opening) {
    @Nullable JournalLock lock = null;
    boolean open = false;
    try {
      OwnerFiles.createFolder(folder);
      lock = JournalLock.of(folder);
      RunJournal journal = open(folder, lock, fingerprint.toJson(), opening);
      open = true;
      return journal;
    } catch (IOException e) {
      throw unusable(folder, e);
    } finally {
      if (lock != null && !open) {
        closeQuietly(lock);
      }
    }
  }

  private static RunJournal open(
      Path folder, JournalLock lock, ObjectNode fingerprint, Opening opening) throws IOException {
    JournalFile file = new JournalFile(folder);
    file.repair();
    RecordedRun recorded = RecordedRun.read(file.path());
    if (recorded.format() > FORMAT) {
      throw InvalidInputException.of(
          "The journal in %s has the format %d, and this version reads up to %d"
              .formatted(folder, recorded.format(), FORMAT),
          "use the version of Hone that wrote it");
    }
    Optional<JsonNode> then = recorded.fingerprint();
    boolean begins = recorded.isEmpty() || then.isEmpty();
    if (recorded.isEmpty()) {
      file.clear();
      recorded = RecordedRun.read(file.path());
    } else if (then.isEmpty()) {
      LOG.warn(
          "The journal in {} does not say any more of which run it is; its {} replies are used where"
              + " the same is asked",
          folder,
          recorded.replies());
    } else {
      requireSame(folder, then.get(), fingerprint);
      LOG.info("The run in {} is resumed: {} replies are known", folder, recorded.replies());
    }
    JournalWriter writer =
        new JournalWriter(folder, opening.open(file.path()), Files.size(file.path()));
    if (begins) {
      begin(writer, fingerprint);
    }
    return new RunJournal(folder, lock, recorded, writer, new JournalReader(file.path()));
  }

  /** Twice, since no other line can be used without it. */
  private static void begin(JournalWriter writer, ObjectNode fingerprint) {
    ObjectNode head = Json.object().put("type", "run").put("format", FORMAT);
    head.set("run", fingerprint);
    byte[] line = JournalLine.encode(head);
    try {
      writer.append(line);
      writer.append(line);
    } catch (LmException.JournalFailed e) {
      writer.close();
      throw e;
    }
  }

  private static void requireSame(Path folder, JsonNode then, ObjectNode now) {
    List<String> differences = FingerprintDifference.inWords(then, now);
    if (!differences.isEmpty()) {
      throw InvalidInputException.of(
          "The journal in %s is of another run: %s"
              .formatted(folder, String.join("; ", differences)),
          "name another folder for this run, or give it what that one was given");
    }
  }

  private static InvalidInputException unusable(Path folder, IOException error) {
    return new InvalidInputException(
        "There can be no journal in %s: %s. Maybe name another folder."
            .formatted(folder, WholeFile.inWords(error)),
        error);
  }

  private static void closeQuietly(Closeable resource) {
    try {
      resource.close();
    } catch (IOException e) {
      LOG.warn("A file of the journal could not be closed", e);
    }
  }

  /** A context whose calls, and those of all contexts within, are recorded here. */
  public Context recording(Context context) {
    EventListener events = new RunEvents(recorded.events(), this::note);
    return context.with(KEY, this).withListener(events);
  }

  private void note(ObjectNode entry) {
    beginTime();
    writer.appendLater(JournalLine.encode(entry));
  }

  /** What is replayed to its end writes nothing, so that a finished journal stays as it is. */
  private void beginTime() {
    if (begun.compareAndSet(false, true)) {
      writer.appendLater(
          JournalLine.encode(
              Json.object().put("type", "time").put("hone", RunFingerprint.version())));
    }
  }

  /**
   * Writes how the run ended.
   *
   * @param finished whether there is nothing to go on with, so that the same run gives the same
   * @param end what is said of it, for people
   */
  public void end(boolean finished, ObjectNode end) {
    if (begun.get() || !recorded.finished()) {
      end.put("type", "end").put("finished", finished);
      note(end);
    }
  }

  @Override
  public Entry open(String requestKey, CallPlace place) {
    writer.requireIntact();
    return new Call(requestKey, place.name());
  }

  @Override
  public long earlierCalls() {
    return recorded.calls();
  }

  @Override
  public long earlierTokens() {
    return recorded.tokens();
  }

  @Override
  public BigDecimal earlierUsd() {
    return recorded.usd();
  }

  /** Why the journal could not be written to its end, in a sentence; empty if it was. */
  public Optional<String> problem() {
    return writer.failure().map(LmException::getMessage);
  }

  @Override
  public void close() {
    writer.close();
    closeQuietly(reader);
    closeQuietly(lock);
    problem().ifPresent(problem -> LOG.warn("{}", problem));
  }

  @Override
  public String toString() {
    return "RunJournal[" + folder + "]";
  }

  private final class Call implements Entry {
    private final String key;
    private final String place;
    private final ReplyIndex.Slot slot;
    private final int number;

    private Call(String key, String place) {
      this.key = key;
      this.place = place;
      this.slot = recorded.index().slot(key, place);
      this.number = slot.take();
    }

    @Override
    public Optional<CallOutcome> known() {
      OptionalLong outage = slot.pollOutage(number);
      if (outage.isPresent()) {
        drop();
        return read(outage).map(OutcomeCodec::read);
      }
      return read(slot.offset(number)).map(OutcomeCodec::read);
    }

    @Override
    public Optional<LmResponse> paidElsewhere() {
      return read(recorded.index().reply(key))
          .map(OutcomeCodec::read)
          .flatMap(CallOutcome::response)
          .map(r -> r.toBuilder().usage(r.paidUsage()).cached(false).build());
    }

    private Optional<ObjectNode> read(OptionalLong offset) {
      return offset.isEmpty() ? Optional.empty() : Optional.of(reader.at(offset.getAsLong()));
    }

    @Override
    public void end(CallOutcome outcome) {
      LmException error = outcome.error().orElse(null);
      if (error != null && !OutcomeCodec.isOfRequest(error)) {
        drop();
        if (!OutcomeCodec.isOutage(error)) {
          return;
        }
      }
      ObjectNode entry = Json.object().put("type", "call").put("key", key);
      if (!place.isEmpty()) {
        entry.put("place", place);
      }
      entry.put("n", number);
      OutcomeCodec.write(outcome, entry);
      beginTime();
      writer.append(JournalLine.encode(entry));
    }

    @Override
    public void drop() {
      slot.giveBack(number);
    }
  }
}
