package dev.hone.optimize;

import dev.hone.context.Spend;
import dev.hone.history.PredictorUsage;
import dev.hone.metric.Constraint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The figures that every report has: scores, why the run ended, what it cost, notes. Immutable. A
 * run of an optimizer collects them; see {@code OptimizerRun.figures()}.
 */
public final class RunFigures {
  private final @Nullable StateScore baseline;
  private final @Nullable StateScore best;
  private final FinishReason finishReason;
  private final Map<String, Spend> spendByStage;
  private final Map<String, Spend> spendByModel;
  private final Map<String, Duration> durationByStage;
  private final Map<String, Duration> durationByModel;
  private final Map<String, PredictorUsage> usageByPredictor;
  private final Spend judgeSpend;
  private final long knownExamples;
  private final Duration duration;
  private final List<String> notes;
  private final List<Constraint.Check> constraints;
  private final @Nullable Verdict verdict;

  private RunFigures(Builder from) {
    baseline = from.baseline;
    best = from.best;
    finishReason = from.finishReason;
    spendByStage = copy(from.spendByStage);
    spendByModel = copy(from.spendByModel);
    durationByStage = copy(from.durationByStage);
    durationByModel = copy(from.durationByModel);
    usageByPredictor = copy(from.usageByPredictor);
    judgeSpend = from.judgeSpend;
    knownExamples = from.knownExamples;
    duration = from.duration;
    notes = List.copyOf(from.notes);
    constraints = List.copyOf(from.constraints);
    verdict = from.verdict;
  }

  private static <V> Map<String, V> copy(Map<String, V> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  /** A builder of no scores, no cost and no notes, that says the run was completed. */
  public static Builder builder() {
    return new Builder();
  }

  /** What the program scored as it was given, if it was evaluated. */
  public Optional<StateScore> baseline() {
    return Optional.ofNullable(baseline);
  }

  /** What the returned program scored, if it was evaluated. */
  public Optional<StateScore> best() {
    return Optional.ofNullable(best);
  }

  /** Why the run ended. */
  public FinishReason finishReason() {
    return finishReason;
  }

  /** What each stage cost, in the order of the stages. */
  public Map<String, Spend> spendByStage() {
    return spendByStage;
  }

  /** What each model cost, by its id. */
  public Map<String, Spend> spendByModel() {
    return spendByModel;
  }

  /** The wall-clock time of each stage, in the order of the stages. */
  public Map<String, Duration> durationByStage() {
    return durationByStage;
  }

  /** The time that the calls of each model took, by its id. */
  public Map<String, Duration> durationByModel() {
    return durationByModel;
  }

  /** What each predictor of the program cost, by its name. */
  public Map<String, PredictorUsage> usageByPredictor() {
    return usageByPredictor;
  }

  /** What calls within the metric cost, those of a judge. */
  public Spend judgeSpend() {
    return judgeSpend;
  }

  /** Evaluations of an example whose outcome was known in the run. */
  public long knownExamples() {
    return knownExamples;
  }

  /** The wall-clock time of the run. */
  public Duration duration() {
    return duration;
  }

  /** What a user should know, in sentences. */
  public List<String> notes() {
    return notes;
  }

  /** What is shown of each constraint of the metric for the returned program; empty for none. */
  public List<Constraint.Check> constraints() {
    return constraints;
  }

  /** Whether anything was gained, if the optimizer evaluates. */
  public Optional<Verdict> verdict() {
    return Optional.ofNullable(verdict);
  }

  /** Builds figures. Not thread-safe. */
  public static final class Builder {
    private @Nullable StateScore baseline;
    private @Nullable StateScore best;
    private FinishReason finishReason = FinishReason.COMPLETED;
    private final Map<String, Spend> spendByStage = new LinkedHashMap<>();
    private final Map<String, Spend> spendByModel = new LinkedHashMap<>();
    private final Map<String, Duration> durationByStage = new LinkedHashMap<>();
    private final Map<String, Duration> durationByModel = new LinkedHashMap<>();
    private final Map<String, PredictorUsage> usageByPredictor = new LinkedHashMap<>();
    private Spend judgeSpend = Spend.NONE;
    private long knownExamples;
    private Duration duration = Duration.ZERO;
    private final List<String> notes = new ArrayList<>();
    private final List<Constraint.Check> constraints = new ArrayList<>();
    private @Nullable Verdict verdict;

    private Builder() {}

    /** What the program scored as it was given. */
    public Builder baseline(StateScore value) {
      baseline = value;
      return this;
    }

    /** What the returned program scored. */
    public Builder best(StateScore value) {
      best = value;
      return this;
    }

    /** Why the run ended; default {@link FinishReason#COMPLETED}. */
    public Builder finishReason(FinishReason value) {
      finishReason = value;
      return this;
    }

    /** Adds what a stage cost and the time it took. */
    public Builder stage(String name, Spend spend, Duration time) {
      spendByStage.merge(name, spend, Spend::plus);
      durationByStage.merge(name, time, Duration::plus);
      return this;
    }

    /** Adds what a model cost and the time that its calls took. */
    public Builder model(String id, Spend spend, Duration time) {
      spendByModel.merge(id, spend, Spend::plus);
      durationByModel.merge(id, time, Duration::plus);
      return this;
    }

    /** Adds what predictors of the program cost, by name. */
    public Builder predictors(Map<String, PredictorUsage> usage) {
      usage.forEach((name, one) -> usageByPredictor.merge(name, one, PredictorUsage::plus));
      return this;
    }

    /** What calls within the metric cost, which is a part of what the stages cost. */
    public Builder judge(Spend value) {
      judgeSpend = value;
      return this;
    }

    /** Evaluations of an example whose outcome was known in the run, so that nothing was run. */
    public Builder knownExamples(long value) {
      knownExamples = value;
      return this;
    }

    /** The wall-clock time of the run. */
    public Builder duration(Duration value) {
      duration = value;
      return this;
    }

    /** Adds notes, in sentences. */
    public Builder notes(List<String> sentences) {
      notes.addAll(sentences);
      return this;
    }

    /** What is shown of each constraint for the returned program. */
    public Builder constraints(List<Constraint.Check> checks) {
      constraints.addAll(checks);
      return this;
    }

    /** Whether anything was gained; see {@code GainCheck}. Default: not known. */
    public Builder verdict(Optional<Verdict> value) {
      verdict = value.orElse(null);
      return this;
    }

    /** Makes the figures. */
    public RunFigures build() {
      return new RunFigures(this);
    }
  }
}
