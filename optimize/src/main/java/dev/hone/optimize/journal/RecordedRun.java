package dev.hone.optimize.journal;

import dev.hone.json.Json;
import dev.hone.lm.LmUsage;
import dev.hone.replay.CallOutcome;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a journal holds of earlier times: the run's fingerprint, where its replies are, its end. */
final class RecordedRun {
  private final ReplyIndex index = new ReplyIndex();
  private final RecordedEvents events = new RecordedEvents();
  private @Nullable ObjectNode fingerprint;
  private int format;
  private List<Outage> outages = new ArrayList<>();
  private List<Outage> outagesOfEnd = List.of();
  private boolean finished;
  private long calls;
  private long replies;
  private long tokens;
  private BigDecimal usd = BigDecimal.ZERO;

  private record Outage(String key, String place, int number, long offset) {}

  private RecordedRun() {}

  /** Reads a journal whose lines are whole. */
  static RecordedRun read(Path file) throws IOException {
    RecordedRun run = new RecordedRun();
    JournalScan.read(
        file, (bytes, length, offset) -> run.take(JournalLine.decode(bytes, length), offset));
    run.events.takeEnd();
    if (run.finished) {
      for (Outage outage : run.outagesOfEnd) {
        run.index.slot(outage.key(), outage.place()).putOutage(outage.number(), outage.offset());
      }
    }
    return run;
  }

  private void take(ObjectNode entry, long offset) {
    switch (entry.path("type").stringValue("")) {
      case "run" -> {
        format = entry.path("format").intValue(0);
        fingerprint = entry.path("run") instanceof ObjectNode run ? run : Json.object();
      }
      case "time" -> {
        events.takeEnd();
        outages = new ArrayList<>();
        finished = false;
      }
      case "call" -> call(entry, offset);
      case "event" -> events.take(entry);
      case "end" -> {
        finished = entry.path("finished").booleanValue(false);
        outagesOfEnd = outages;
      }
      default -> {
        // Written by a later version for its own use.
      }
    }
  }

  private void call(ObjectNode entry, long offset) {
    String key = entry.path("key").stringValue("");
    String place = entry.path("place").stringValue("");
    int number = Math.max(1, entry.path("n").intValue(1));
    CallOutcome outcome = OutcomeCodec.read(entry);
    calls += outcome.paidAttempts();
    usd = usd.add(outcome.paidUsd());
    if (outcome.error().isPresent() && OutcomeCodec.isOutage(outcome.error().get())) {
      outages.add(new Outage(key, place, number, offset));
      return;
    }
    replies++;
    events.takeCall();
    index.slot(key, place).put(number, offset);
    outcome
        .response()
        .ifPresent(
            response -> {
              LmUsage usage = response.usage();
              tokens += Math.max(0, usage.totalTokens());
              index.answered(key, offset, response.cached());
            });
  }

  /** What the run is told from others by; empty if the journal does not say. */
  Optional<JsonNode> fingerprint() {
    return Optional.ofNullable(fingerprint);
  }

  /** The version of the journal's format. */
  int format() {
    return format;
  }

  /** Where the replies are. */
  ReplyIndex index() {
    return index;
  }

  /** The events that were told. */
  RecordedEvents events() {
    return events;
  }

  /** Whether the run came to its end, so that there is nothing to go on with. */
  boolean finished() {
    return finished;
  }

  /** The outcomes that are recorded for good. */
  long replies() {
    return replies;
  }

  /** Whether any call was made. */
  boolean isEmpty() {
    return replies == 0 && calls == 0;
  }

  /** The attempts that were paid for. */
  long calls() {
    return calls;
  }

  /** The US dollars that the replies cost. */
  BigDecimal usd() {
    return usd;
  }

  /** The tokens that the replies cost. */
  long tokens() {
    return tokens;
  }
}
