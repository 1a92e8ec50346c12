package dev.hone.cli.demo;

import dev.hone.evaluate.EvaluationEvent;
import dev.hone.lm.LmEvent;
import dev.hone.observe.Event;
import dev.hone.observe.EventListener;
import dev.hone.optimize.OptimizerEvent;
import dev.hone.optimize.mipro.MiproV2Event;
import dev.hone.optimize.mipro.TrialRecord;
import dev.hone.optimize.propose.ProposerEvent;
import java.io.PrintWriter;
import java.util.Map;

/**
 * Shows what is going on: on a terminal one line that changes, elsewhere a line per step.
 * Thread-safe.
 */
final class Progress implements EventListener {
  private static final int WIDTH = 78;
  private static final long REDRAW_NANOS = 80_000_000;

  private final PrintWriter out;
  private final boolean terminal;
  private String what = "";
  private String step = "";
  private long calls;
  private long drawnNanos;

  Progress(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  @Override
  public synchronized void onEvent(Event event, Map<String, String> metadata) {
    if (event instanceof LmEvent.CallAnswered answered && !answered.response().cached()) {
      calls++;
      redraw(false);
    } else if (event instanceof DemoEvent.Measuring measuring) {
      what = measuring.name();
      calls = 0;
      say("");
    } else if (event instanceof DemoEvent.Testing) {
      say("testing");
    } else if (event instanceof OptimizerEvent.StageStarted stage) {
      say(name(stage.stage()));
    } else if (event instanceof ProposerEvent proposal && !proposal.succeeded()) {
      say("a proposal failed");
    } else if (event instanceof MiproV2Event.TrialFinished finished) {
      say(trial(finished));
    } else if (event instanceof EvaluationEvent.EvaluationFinished) {
      redraw(true);
    }
  }

  private static String name(String stage) {
    return switch (stage) {
      case "bootstrap" -> "running the program on training examples for demos";
      case "ground" -> "looking at the data and the program";
      case "propose" -> "proposing instructions";
      case "search" -> "searching instructions and demos";
      default -> stage;
    };
  }

  private static String trial(MiproV2Event.TrialFinished finished) {
    TrialRecord trial = finished.trial();
    String best = finished.best().map(b -> ", best %.1f".formatted(100 * b.scoreMean())).orElse("");
    return "trial %d %s on %d examples%s"
        .formatted(
            trial.ask().trial(),
            trial.scoreMean().isPresent()
                ? "scored %.1f".formatted(100 * trial.scoreMean().getAsDouble())
                : "could not be scored",
            trial.ask().examples().size(),
            best);
  }

  private void say(String text) {
    step = text;
    if (terminal) {
      redraw(true);
    } else {
      out.println(line());
      out.flush();
    }
  }

  private String line() {
    String text = step.isEmpty() ? what : what + ": " + step;
    return calls == 0 ? text : text + " (" + calls + " model calls)";
  }

  private void redraw(boolean now) {
    long nanos = System.nanoTime();
    if (terminal && (now || nanos - drawnNanos > REDRAW_NANOS)) {
      drawnNanos = nanos;
      String line = line();
      String cut = line.length() > WIDTH ? line.substring(0, WIDTH - 1) + "…" : line;
      out.print("\r" + cut + " ".repeat(WIDTH - cut.length()) + "\r");
      out.flush();
    }
  }

  /** Clears the line, so that the result begins on a clean one. */
  synchronized void close() {
    if (terminal) {
      out.print("\r" + " ".repeat(WIDTH) + "\r");
      out.flush();
    }
  }
}
