package dev.hone.optimize.mipro;

import dev.hone.context.Spend;
import dev.hone.evaluate.Evaluation;
import dev.hone.evaluate.Outcome;
import dev.hone.optimize.search.EvaluationRequest;
import dev.hone.stats.Interval;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** One evaluation of the search. Immutable. */
public final class TrialRecord {
  private final EvaluationRequest request;
  private final OptionalDouble scoreMean;
  private final @Nullable Interval interval;
  private final int failedExamples;
  private final int unscoredExamples;
  private final Spend spend;
  private final Duration duration;
  private final Map<String, Integer> choices;

  private TrialRecord(Builder from) {
    request = from.request;
    scoreMean = from.scoreMean;
    interval = from.interval;
    failedExamples = from.failedExamples;
    unscoredExamples = from.unscoredExamples;
    spend = from.spend;
    duration = from.duration;
    choices = Collections.unmodifiableMap(new LinkedHashMap<>(from.choices));
  }

  /** A builder of a record without a score or a cost. */
  public static Builder builder(EvaluationRequest request) {
    return new Builder(request);
  }

  /** The record of an evaluation that began at a time of the system's nano clock. */
  static TrialRecord of(
      EvaluationRequest ask, Evaluation<?, ?> evaluation, Spend spend, long startNanos) {
    int withScore = (int) evaluation.scores().stream().filter(OptionalDouble::isPresent).count();
    Builder trial =
        builder(ask)
            .examples(
                (int) evaluation.count(Outcome.ProgramFailed.class),
                ask.examples().size() - withScore)
            .cost(spend, Duration.ofNanos(System.nanoTime() - startNanos));
    return evaluation.hasScore()
        ? trial.score(evaluation.score(), evaluation.interval()).build()
        : trial.build();
  }

  /** What was evaluated, on which examples, and how it was chosen. */
  public EvaluationRequest request() {
    return request;
  }

  /**
   * The configuration by names, such as {@code {classify.instructions=2, classify.demos=3}}; empty
   * if they are not known.
   */
  public Map<String, Integer> choices() {
    return choices;
  }

  /** A copy with the names of what was chosen. */
  TrialRecord named(CandidateSpace space) {
    return builder(request)
        .score(scoreMean, interval)
        .examples(failedExamples, unscoredExamples)
        .cost(spend, duration)
        .choices(space.searchSpace().named(request.configuration()))
        .build();
  }

  /** The mean score, as the metric gives it; empty if there was none. */
  public OptionalDouble scoreMean() {
    return scoreMean;
  }

  /** The 95 % confidence interval of the score; null if there was none. */
  public @Nullable Interval interval() {
    return interval;
  }

  /** Examples whose program failed; they count the failure score. */
  public int failedExamples() {
    return failedExamples;
  }

  /**
   * Examples without a score, since the model could not be reached, the metric failed or the budget
   * was spent. TPE and random search learn nothing from a trial with any, a race learns from the
   * examples that have one.
   */
  public int unscoredExamples() {
    return unscoredExamples;
  }

  /** What it cost. */
  public Spend spend() {
    return spend;
  }

  /** The time it took. */
  public Duration duration() {
    return duration;
  }

  /** One line, such as {@code trial 3 on 35 examples: 0.800}. */
  @Override
  public String toString() {
    return "trial %d on %d examples: %s"
        .formatted(
            request.trial(),
            request.examples().size(),
            scoreMean.isPresent()
                ? String.format(Locale.ROOT, "%.3f", scoreMean.getAsDouble())
                : "no score");
  }

  /** Builds records; each method sets what its name says. Not thread-safe. */
  public static final class Builder {
    private final EvaluationRequest request;
    private OptionalDouble scoreMean = OptionalDouble.empty();
    private @Nullable Interval interval;
    private int failedExamples;
    private int unscoredExamples;
    private Spend spend = Spend.NONE;
    private Duration duration = Duration.ZERO;
    private Map<String, Integer> choices = Map.of();

    private Builder(EvaluationRequest request) {
      this.request = request;
    }

    /** The mean score and its interval. */
    public Builder score(double mean, @Nullable Interval ofMean) {
      scoreMean = OptionalDouble.of(mean);
      interval = ofMean;
      return this;
    }

    private Builder score(OptionalDouble mean, @Nullable Interval ofMean) {
      scoreMean = mean;
      interval = ofMean;
      return this;
    }

    /** The configuration by names. */
    public Builder choices(Map<String, Integer> value) {
      choices = value;
      return this;
    }

    /** Examples whose program failed, and examples without a score. */
    public Builder examples(int failed, int unscored) {
      failedExamples = failed;
      unscoredExamples = unscored;
      return this;
    }

    /** What it cost, and the time it took. */
    public Builder cost(Spend all, Duration time) {
      spend = all;
      duration = time;
      return this;
    }

    /** Makes the record. */
    public TrialRecord build() {
      return new TrialRecord(this);
    }
  }
}
