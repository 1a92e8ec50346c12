package dev.hone.optimize.journal;

import dev.hone.evaluate.EvaluationEvent;
import dev.hone.evaluate.ExampleResult;
import dev.hone.evaluate.Outcome;
import dev.hone.json.Json;
import dev.hone.observe.Event;
import dev.hone.observe.EventListener;
import dev.hone.text.Redaction;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes down what happens, for people: outcomes of examples, proposals, trials, decisions, each
 * once however often the run is resumed. Says in the log, once, where a run that is made again goes
 * another way than it did. Calls are recorded elsewhere.
 */
final class RunEvents implements EventListener {
  private static final Logger LOG = LoggerFactory.getLogger(RunEvents.class);
  private static final int DIGITS = 16;

  private final RecordedEvents recorded;
  private final Consumer<ObjectNode> journal;
  private final AtomicBoolean diverged = new AtomicBoolean();

  RunEvents(RecordedEvents recorded, Consumer<ObjectNode> journal) {
    this.recorded = recorded;
    this.journal = journal;
  }

  @Override
  public void onEvent(Event event, Map<String, String> metadata) {
    if (event instanceof EvaluationEvent.ExampleFinished finished) {
      if (!finished.known()) {
        note("Outcome", false, outcome(finished.result()), Optional.empty());
      }
    } else if (!event.isCount() && event.logLine().isPresent()) {
      Optional<String> headline = event.headline();
      String kind = event.getClass().getSimpleName();
      String text = Redaction.of(headline.or(event::logLine).orElse(""));
      note(kind, headline.isPresent(), text, event.logLine().map(Redaction::of));
    }
  }

  private static String outcome(ExampleResult<?, ?> result) {
    Outcome<?> outcome = result.outcome();
    String became =
        outcome instanceof Outcome.Scored<?> scored
            ? String.valueOf(scored.score().value())
            : outcome.getClass().getSimpleName();
    return result.example().id().substring(0, DIGITS) + " " + became;
  }

  /** Writes down what is not known; the texts hold no credential. */
  private void note(String kind, boolean named, String text, Optional<String> detail) {
    RecordedEvents.Told told = recorded.tell(kind, named, text);
    if (told == RecordedEvents.Told.AGAIN) {
      return;
    }
    ObjectNode entry = Json.object().put("type", "event").put("kind", kind).put("text", text);
    if (named) {
      entry.put("named", true);
    }
    detail.filter(d -> !d.equals(text)).ifPresent(d -> entry.put("detail", d));
    if (told == RecordedEvents.Told.OTHERWISE) {
      entry.put("diverged", true);
      if (diverged.compareAndSet(false, true)) {
        LOG.warn(
            "The run goes another way than its journal from here: {}. Maybe the metric or a tool"
                + " depends on more than its arguments, or calls that failed were asked again.",
            text);
      }
    }
    journal.accept(entry);
  }
}
