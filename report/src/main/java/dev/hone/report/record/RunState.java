package dev.hone.report.record;

import dev.hone.context.LmEvent;
import dev.hone.evaluate.Evaluation;
import dev.hone.evaluate.EvaluationEvent;
import dev.hone.lm.LmRequest;
import dev.hone.observe.Event;
import dev.hone.optimize.Optimized;
import dev.hone.optimize.OptimizerEvent;
import dev.hone.optimize.mipro.MiproV2Event;
import dev.hone.report.data.CandidateEntries;
import dev.hone.report.data.CostEntry;
import dev.hone.report.data.ProvenanceEntry;
import dev.hone.report.data.RunData;
import dev.hone.report.data.RunHead;
import dev.hone.report.data.RunPlan;
import dev.hone.report.data.SpendEntry;
import dev.hone.report.data.WaitEntry;
import dev.hone.row.RowFailure;
import dev.hone.text.Redaction;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known of a run so far. Not thread-safe. */
public final class RunState {
  private static final int MOST_WAITS = 1_000;

  private final String name;
  private final Clock clock;
  private final Instant startedAt;
  private final RecordedCosts costs = new RecordedCosts();
  private final RecordedStages stages = new RecordedStages();
  private final RecordedTrials trials = new RecordedTrials();
  private final RecordedFailures failures = new RecordedFailures();
  private final List<WaitEntry> waits = new ArrayList<>();
  private final Map<String, String> facts = new LinkedHashMap<>();
  private final SentMessages sent = new SentMessages();
  private final MeasuredPrograms measured = new MeasuredPrograms();
  private double measuringSince;
  private String optimizer = "";
  private String model = "";
  private String status = RunHead.RUNNING;
  private String reason = "";
  private Instant updatedAt;
  private RunPlan plan = RunPlan.NONE;
  private @Nullable Optimized<?, ?, ?> found;

  /** A run that begins now. */
  public RunState(String name, Clock clock) {
    this.name = name;
    this.clock = clock;
    this.startedAt = clock.instant();
    this.updatedAt = startedAt;
  }

  /** Something of where the run comes from. */
  public void fact(String key, String value) {
    facts.put(key, Redaction.of(value));
  }

  /** Keeps no texts of measured examples. */
  public void hideTexts() {
    measured.hideTexts();
  }

  /** Takes an event. */
  public void take(Event event) {
    updatedAt = clock.instant();
    if (event instanceof LmEvent call) {
      call(call);
    } else if (event instanceof EvaluationEvent evaluation) {
      evaluated(evaluation);
    } else if (event instanceof OptimizerEvent optimizing) {
      optimizing(optimizing);
    } else if (event instanceof MiproV2Event trial) {
      searching(trial);
    }
  }

  private void call(LmEvent event) {
    costs.take(event, stages.current(measuring()));
    if (event instanceof LmEvent.CallStarted && model.isEmpty()) {
      model = event.modelId();
    } else if (event instanceof LmEvent.AttemptFailed failed) {
      failures.add("attempt", failed.error());
    } else if (event instanceof LmEvent.OutageWait wait && waits.size() < MOST_WAITS) {
      waits.add(
          new WaitEntry(
              wait.modelId(),
              at(event),
              wait.delay().toMillis() / 1000.0,
              RowFailure.words(wait.error())));
    }
  }

  private void evaluated(EvaluationEvent event) {
    if (event instanceof EvaluationEvent.ExampleFinished example && !example.known()) {
      failures.take(example.result());
    } else if (event instanceof EvaluationEvent.EvaluationStarted && isMeasuring()) {
      measuringSince = at(event);
    } else if (event instanceof EvaluationEvent.EvaluationFinished && isMeasuring()) {
      costs.time(measuring(), Math.max(0, at(event) - measuringSince));
    }
  }

  private boolean isMeasuring() {
    return stages.current("").isEmpty();
  }

  private String measuring() {
    return found == null ? "measure before" : "measure after";
  }

  private void optimizing(OptimizerEvent event) {
    if (event instanceof OptimizerEvent.OptimizerStarted started && optimizer.isEmpty()) {
      optimizer = started.optimizer();
      plan =
          new RunPlan(
              plan.text(),
              started.trainExamples(),
              started.validationExamples(),
              plan.trials(),
              plan.search(),
              plan.maxCalls());
    } else if (event instanceof OptimizerEvent.StageStarted stage) {
      stages.started(stage, at(event));
    } else if (event instanceof OptimizerEvent.StageFinished stage) {
      costs.time(stage.stage(), stages.finished(stage, at(event)));
    } else if (event instanceof OptimizerEvent.CandidateFinished candidate) {
      trials.finished(candidate, costs.calls(), at(event));
    }
  }

  private void searching(MiproV2Event event) {
    if (event instanceof MiproV2Event.Planned planned) {
      plan = Plans.of(planned.plan());
    } else if (event instanceof MiproV2Event.TrialStarted) {
      trials.started(costs.calls());
    } else if (event instanceof MiproV2Event.TrialFinished finished) {
      trials.finished(finished, at(event));
    }
  }

  private double at(Event event) {
    return seconds(event.stamp().time());
  }

  private double seconds(Instant time) {
    return Math.max(0, Duration.between(startedAt, time).toMillis() / 1000.0);
  }

  /** The program as given was evaluated. */
  public void before(String part, Evaluation<?, ?> evaluation) {
    updatedAt = clock.instant();
    measured.before(part, evaluation);
  }

  /** The optimizer returned. */
  public void found(Optimized<?, ?, ?> optimized) {
    updatedAt = clock.instant();
    found = optimized;
  }

  /** What a predictor sends for an example is known. */
  public void sent(String predictor, LmRequest request) {
    sent.add(predictor, request);
  }

  /** What was found was evaluated. */
  public void after(String part, Evaluation<?, ?> evaluation) {
    updatedAt = clock.instant();
    measured.after(part, evaluation);
  }

  /** The run ended with an error. */
  public void failed(Throwable error) {
    end(RunHead.FAILED, RowFailure.words(error));
  }

  /** The run ended. */
  public void end(String how, String why) {
    if (status.equals(RunHead.RUNNING)) {
      updatedAt = clock.instant();
      status = how;
      reason = Redaction.of(why);
    }
  }

  /** All of it, now. */
  public RunData data() {
    Optimized<?, ?, ?> result = found;
    return new RunData(
        RunData.SCHEMA,
        head(result),
        plan,
        stages.all(costs),
        trials.all(),
        result == null ? CandidateEntries.NONE : FoundCandidates.of(result.report()),
        result == null ? null : FoundResult.of(result),
        cost(result),
        failures.all(),
        waits,
        measured.comparison(),
        result == null
            ? new ProvenanceEntry(null, Map.of(), Map.of(), Map.of(), FoundResult.versions(), facts)
            : FoundResult.provenance(result, facts),
        sent.all());
  }

  private RunHead head(@Nullable Optimized<?, ?, ?> result) {
    String task =
        result == null
            ? model
            : result.compiled().provenance().modelIds().getOrDefault("task", model);
    return new RunHead(
        name,
        optimizer,
        task,
        status,
        reason,
        startedAt.truncatedTo(ChronoUnit.SECONDS).toString(),
        updatedAt.truncatedTo(ChronoUnit.SECONDS).toString(),
        seconds(updatedAt));
  }

  private CostEntry cost(@Nullable Optimized<?, ?, ?> result) {
    Map<String, SpendEntry> byPredictor = new LinkedHashMap<>();
    if (result != null) {
      result
          .report()
          .usageByPredictor()
          .forEach(
              (predictor, usage) ->
                  byPredictor.put(
                      predictor,
                      SpendEntry.of(usage.spend(), usage.duration().toMillis() / 1000.0)));
    }
    return new CostEntry(
        costs.total(seconds(updatedAt)), costs.byStage(), costs.byModel(), byPredictor);
  }
}
