package dev.hone.optimize;

import dev.hone.context.Spend;
import dev.hone.history.PredictorUsage;
import dev.hone.metric.Constraint;
import dev.hone.text.Plural;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How a run of an optimizer went. What all have in common; each optimizer's report adds its own.
 * Immutable.
 */
public abstract class OptimizationReport {
  private final RunFigures figures;

  /** A report with the figures of a run, as {@code OptimizerRun.figures()} collects them. */
  protected OptimizationReport(RunFigures figures) {
    this.figures = figures;
  }

  /** What the program scored as it was given; empty if the optimizer evaluates nothing. */
  public Optional<StateScore> baselineScore() {
    return figures.baseline();
  }

  /**
   * What the returned program scored, the baseline's score if nothing was better; empty if the
   * optimizer evaluates nothing.
   */
  public Optional<StateScore> bestScore() {
    return figures.best();
  }

  /**
   * Whether the run gained anything, on new examples: the first thing that the text of a report
   * says. Empty if the optimizer evaluates nothing and there is no testset, or nothing could be
   * compared. By the testset of the task, if it has one; else by the examples that were chosen by,
   * corrected for that.
   */
  public Optional<Verdict> verdict() {
    return figures.verdict();
  }

  /** Why the run ended. */
  public FinishReason finishReason() {
    return figures.finishReason();
  }

  /** What each stage cost, in the order of the stages. */
  public Map<String, Spend> spendByStage() {
    return figures.spendByStage();
  }

  /** What each model cost, by its id. */
  public Map<String, Spend> spendByModel() {
    return figures.spendByModel();
  }

  /** What the whole run cost. */
  public Spend spend() {
    return spendByStage().values().stream().reduce(Spend.NONE, Spend::plus);
  }

  /** The wall-clock time of each stage, in the order of the stages. */
  public Map<String, Duration> durationByStage() {
    return figures.durationByStage();
  }

  /**
   * The time that the calls of each model took, by its id, waiting and retries included; calls run
   * concurrently, so it may be more than that of the run.
   */
  public Map<String, Duration> durationByModel() {
    return figures.durationByModel();
  }

  /**
   * What each predictor of the program cost in evaluations and runs of a teacher, by its name: its
   * calls, tokens and their time. Calls of the proposer and of a judge are not among them.
   */
  public Map<String, PredictorUsage> usageByPredictor() {
    return figures.usageByPredictor();
  }

  /**
   * What calls within the metric cost, those of a judge; a part of {@link #spend}. Nothing where
   * the metric calls no model.
   */
  public Spend judgeSpend() {
    return figures.judgeSpend();
  }

  /**
   * How often an example under a state had been evaluated in this run before, so that nothing was
   * run: the hits of the compile cache. Replies that the context's cache gave are {@code
   * spend().cachedCalls()}.
   */
  public long compileCacheHits() {
    return figures.knownExamples();
  }

  /**
   * What was chosen, by name: for each thing that was chosen the number of its candidate, such as
   * {@code {classify.instructions=2, classify.demos=3}}; 0 is what the program came with, or no
   * demos. Default: empty, for optimizers that do not choose by numbers.
   */
  public Map<String, Integer> configuration() {
    return Map.of();
  }

  /** The wall-clock time of the run. */
  public Duration duration() {
    return figures.duration();
  }

  /** What a user should know, in sentences; empty if all went as one expects. */
  public List<String> notes() {
    return figures.notes();
  }

  /**
   * What the validation examples show of each constraint of the metric for the returned program, in
   * their order; empty if it has none. Where one is not met, nothing that was tried is shown to
   * meet all, and the notes say what came closest.
   */
  public List<Constraint.Check> constraints() {
    return figures.constraints();
  }

  /**
   * One line for people: the scores, why it ended and what it cost; money where anything is known
   * of it.
   */
  public String summary() {
    String scores =
        baselineScore()
            .flatMap(before -> bestScore().map(after -> before + " -> " + after + ", "))
            .orElse("");
    return String.format(
        Locale.ROOT,
        "%s%s, %s, %s%d tokens%s, %.1f s",
        scores,
        finishReason().name().toLowerCase(Locale.ROOT).replace('_', ' '),
        Plural.of(spend().lmCalls(), "model call"),
        spend().usage().known() ? "" : "at least ",
        spend().usage().totalTokens(),
        spend().moneyPhrase(),
        duration().toMillis() / 1000.0);
  }

  /** The table for people; default: the verdict, the summary, and a line per note. */
  @Override
  public String toString() {
    return verdict().map(verdict -> verdict + System.lineSeparator()).orElse("")
        + summary()
        + notes().stream()
            .map(note -> System.lineSeparator() + "note: " + note)
            .collect(Collectors.joining());
  }
}
