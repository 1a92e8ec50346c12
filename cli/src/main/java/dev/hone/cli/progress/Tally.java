package dev.hone.cli.progress;

import dev.hone.batch.BatchEvent;
import dev.hone.context.LmEvent;
import dev.hone.context.Spend;
import dev.hone.evaluate.EvaluationEvent;
import dev.hone.observe.Event;
import dev.hone.optimize.OptimizationPlan;
import dev.hone.optimize.OptimizerEvent;
import dev.hone.optimize.PlannedStage;
import dev.hone.optimize.mipro.MiproV2Event;
import dev.hone.text.Rounded;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Adds up what events say of the work at hand. Not thread-safe. */
final class Tally {
  private static final long LEAST_FOR_FORECAST = TimeUnit.SECONDS.toNanos(2);
  private static final double LEAST_SHARE = 0.03;

  private Stage stage;
  private Map<String, Long> callsByStage = Map.of();
  private int optimizers;
  private OptionalDouble best = OptionalDouble.empty();
  private Spend spend = Spend.NONE;
  private String notice = "";
  private long noticeUntil;

  Tally(long nanos) {
    stage = new Stage("", OptionalLong.empty(), nanos);
  }

  Stage stage() {
    return stage;
  }

  void begin(String name, OptionalLong total, long nanos) {
    stage = new Stage(name, total, nanos);
  }

  /** The stages of an optimizer have at most the calls of this plan. */
  void expect(OptimizationPlan plan) {
    callsByStage =
        plan.stages().stream()
            .filter(planned -> planned.maxCalls() != OptimizationPlan.UNKNOWN)
            .collect(
                Collectors.toMap(PlannedStage::name, PlannedStage::maxCalls, (one, two) -> one));
  }

  /** Whether the stage at hand ends with this event, since another one begins. */
  boolean isStageEnd(Event event) {
    return event instanceof OptimizerEvent.StageStarted;
  }

  /** Whether the event only counts on. */
  boolean isCount(Event event) {
    return event.isCount() || event instanceof LmEvent;
  }

  void take(Event event, long nanos) {
    if (event instanceof LmEvent call) {
      if (call instanceof LmEvent.AttemptAnswered) {
        notice = ""; // the model is back
      }
      spend = spend.plus(call.spend());
      if (optimizers > 0 && call instanceof LmEvent.CallAnswered) {
        stage.advance();
      }
    } else if (event instanceof OptimizerEvent optimizing) {
      take(optimizing, nanos);
    } else if (event instanceof MiproV2Event searching) {
      take(searching);
    } else if (event instanceof EvaluationEvent evaluating && optimizers == 0) {
      take(evaluating);
    } else if (event instanceof BatchEvent batch) {
      take(batch);
    }
  }

  private void take(OptimizerEvent event, long nanos) {
    if (event instanceof OptimizerEvent.OptimizerStarted) {
      optimizers++;
    } else if (event instanceof OptimizerEvent.OptimizerFinished
        || event instanceof OptimizerEvent.OptimizerFailed) {
      optimizers--;
    } else if (event instanceof OptimizerEvent.StageStarted started) {
      Long most = callsByStage.get(started.stage());
      OptionalLong total = most == null ? OptionalLong.empty() : OptionalLong.of(most);
      begin(EventPhrases.stage(started.stage()), OptionalLong.empty(), nanos);
      stage.expectCalls(total);
    } else if (event instanceof OptimizerEvent.CandidateFinished finished) {
      finished.score().ifPresent(score -> better(score.scoreMean()));
    }
  }

  private void better(double score) {
    best = OptionalDouble.of(Math.max(score, best.orElse(score)));
  }

  private void take(MiproV2Event event) {
    if (event instanceof MiproV2Event.Planned planned) {
      expect(planned.plan());
    } else if (event instanceof MiproV2Event.TrialFinished finished) {
      finished.best().ifPresent(found -> best = OptionalDouble.of(found.scoreMean()));
    }
  }

  private void take(EvaluationEvent event) {
    if (event instanceof EvaluationEvent.EvaluationStarted started) {
      stage.expect(started.examples());
    } else if (event instanceof EvaluationEvent.ExampleFinished finished) {
      stage.reached(finished.done());
      finished.result().score().ifPresent(stage::scored);
    }
  }

  private void take(BatchEvent event) {
    if (event instanceof BatchEvent.BatchStarted started) {
      started.rows().ifPresent(stage::expect);
    } else if (event instanceof BatchEvent.RowFinished finished) {
      stage.reached(finished.done());
    }
  }

  /** Something is worth being shown for a while in the place of the counts. */
  void notice(RetryPhrases.Notice value, long nanos) {
    notice = value.text();
    noticeUntil = nanos + value.time().toNanos();
  }

  /** What the stage came to, in a phrase; empty if it counted nothing. */
  String counts() {
    List<String> parts = new ArrayList<>(List.of(stage.count(), score(), calls(), cost()));
    parts.removeIf(String::isEmpty);
    return String.join(", ", parts);
  }

  /** The line of a terminal at this time. */
  BarText line(long nanos) {
    String waiting = nanos < noticeUntil ? notice : "";
    List<String> facts = new ArrayList<>();
    if (!waiting.isEmpty()) {
      facts.add(waiting);
    } else {
      facts.addAll(List.of(score(), stage.count(), calls(), left(nanos), cost()));
    }
    facts.removeIf(String::isEmpty);
    return new BarText(
        stage.name(), waiting.isEmpty() ? stage.share() : OptionalDouble.empty(), facts);
  }

  private String score() {
    OptionalDouble shown = optimizers > 0 ? best : stage.score();
    return shown.isEmpty()
        ? ""
        : (optimizers > 0 ? "best " : "score ") + Rounded.points(shown.getAsDouble());
  }

  private String calls() {
    long calls = spend.lmCalls();
    return calls == 0
        ? ""
        : String.format(Locale.ROOT, calls == 1 ? "%,d call" : "%,d calls", calls);
  }

  private String cost() {
    return spend.money().leastUsd().signum() == 0 ? "" : spend.money().toString();
  }

  /**
   * How long the stage takes yet, if it goes on as before; where nothing is known, how long so far.
   */
  private String left(long nanos) {
    long taken = nanos - stage.startNanos();
    OptionalDouble share = stage.share();
    if (share.isEmpty() || share.getAsDouble() < LEAST_SHARE || taken < LEAST_FOR_FORECAST) {
      return Seconds.text(taken);
    }
    return Seconds.text((long) (taken * (1 - share.getAsDouble()) / share.getAsDouble())) + " left";
  }
}
