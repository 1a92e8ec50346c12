package dev.hone.optimize.bootstrap;

import dev.hone.context.Context;
import dev.hone.data.Example;
import dev.hone.evaluate.EvaluationEngine;
import dev.hone.evaluate.EvaluationSettings;
import dev.hone.evaluate.ExampleResult;
import dev.hone.evaluate.Outcome;
import dev.hone.lm.LmException;
import dev.hone.lm.LmOptions;
import dev.hone.metric.Metric;
import dev.hone.metric.RunTrace;
import dev.hone.optimize.UnreadableRepliesException;
import dev.hone.optimize.candidate.BootstrapFailedException;
import dev.hone.optimize.candidate.BootstrapSettings;
import dev.hone.optimize.task.ReadableReplies;
import dev.hone.optimize.task.UnscoredReason;
import dev.hone.program.Program;
import dev.hone.program.ProgramRun;
import dev.hone.program.ProgramState;
import dev.hone.program.TraceStep;
import dev.hone.text.Plural;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.DoubleStream;

/**
 * Runs the teacher over examples until enough runs succeeded, and keeps their traces. All demo sets
 * draw from one pool, so no example is paid for twice. The teacher is never shown the example it is
 * run on. A run that returned what fails a check of the program is no success, whatever the metric
 * says. Examples are run in blocks of a fixed size, so the outcome does not depend on threads.
 */
final class TracePool<I, O> {
  private static final int BLOCK = 8;

  private final PoolRuns<I, O> runs;
  private final Context context;
  private final BootstrapSettings settings;
  private final ReadableReplies readable;

  private final List<SuccessfulTrace> traces = new ArrayList<>();
  private final List<Double> rejectedScores = new ArrayList<>();
  private final Set<String> triedIds = new HashSet<>();
  private final AnswerLog answers = new AnswerLog();
  private int tried;
  private int errors;
  private Optional<UnscoredReason> firstFailure = Optional.empty();
  private String firstFeedback = "";
  private Optional<LmException> end = Optional.empty();

  TracePool(
      Program<I, O> program,
      Metric<I, O> metric,
      Context context,
      ProgramState state,
      BootstrapSettings settings,
      ReadableReplies readable) {
    EvaluationSettings evaluation =
        EvaluationSettings.defaults().withPurpose(RunTrace.Purpose.BOOTSTRAP).withMemoize(false);
    this.runs = new PoolRuns<>(new EvaluationEngine<>(program, metric, evaluation), state);
    this.context = context;
    this.settings = settings;
    this.readable = readable;
  }

  /**
   * Runs the teacher over the examples, in order, until a number of runs succeeded in all. Examples
   * of an earlier filling are left out, and repeated ones run once.
   *
   * @throws LmException if the budget is spent, the credential refused or the thread interrupted;
   *     the runs that ended by then are kept
   * @throws UnreadableRepliesException if none of the first runs has a reply that can be read
   */
  void fill(List<Example<I, O>> examples, int wanted) {
    Set<String> known = new HashSet<>(triedIds);
    List<Example<I, O>> open =
        examples.stream().filter(example -> known.add(example.id())).toList();
    for (int round = 0; round < settings.maxRounds() && traces.size() < wanted; round++) {
      open = round(open, wanted, round);
    }
  }

  /** One round over the examples; returns those that did not succeed. */
  private List<Example<I, O>> round(List<Example<I, O>> examples, int wanted, int round) {
    List<Example<I, O>> failed = new ArrayList<>();
    Context scope = round == 0 ? context : retryContext(round);
    for (int from = 0; from < examples.size() && traces.size() < wanted; ) {
      int most = Math.min(BLOCK, readable.room());
      List<Example<I, O>> block = examples.subList(from, Math.min(from + most, examples.size()));
      failed.addAll(block(scope, block));
      from += block.size();
    }
    return failed;
  }

  /** Runs some examples at once, and takes what came of them; returns those without success. */
  private List<Example<I, O>> block(Context scope, List<Example<I, O>> block) {
    PoolRuns.Ended<I, O> ended = runs.of(scope, block);
    List<ExampleResult<I, O>> results = ended.results();
    boolean allEnded = results.size() == block.size();
    if (allEnded && traces.isEmpty() && rejectedScores.isEmpty()) {
      ended.requireSomeUse(tried);
    }
    List<Example<I, O>> failed = new ArrayList<>();
    for (ExampleResult<I, O> result : results) {
      if (!answers.take(result, accept(result))) {
        failed.add(result.example());
      }
    }
    readable.take(results);
    end = ended.end();
    if (end.isPresent()) {
      throw end.get();
    }
    return failed;
  }

  /** Which demos of the teacher there was no room for, in sentences. */
  List<String> notes() {
    return runs.notes();
  }

  private Context retryContext(int round) {
    return context.withDraw(LmOptions.defaults().withTemperature(1.0).withRolloutId(round));
  }

  /** What ended the runs before their time. */
  Optional<LmException> end() {
    return end;
  }

  private boolean accept(ExampleResult<I, O> result) {
    tried++;
    triedIds.add(result.example().id());
    UnscoredReason.of(result.outcome()).ifPresent(this::count);
    OptionalDouble score = result.score();
    if (score.isEmpty()) {
      return false;
    }
    if (score.getAsDouble() < settings.metricThreshold()) {
      noteRejected(result.outcome());
      rejectedScores.add(score.getAsDouble());
      return false;
    }
    Optional<ProgramRun.CheckResult> refused =
        result.checks().stream().filter(check -> !check.passed()).findFirst();
    if (refused.isPresent()) {
      noteFeedback("The output fails the check \"%s\"".formatted(refused.get().check()));
      return false;
    }
    requireDeclared(result.ownSteps());
    traces.add(new SuccessfulTrace(result.example().id(), score.getAsDouble(), result.ownSteps()));
    return true;
  }

  private void noteRejected(Outcome<O> outcome) {
    if (outcome instanceof Outcome.Scored<O> scored) {
      noteFeedback(scored.score().feedback());
    }
  }

  private void noteFeedback(String feedback) {
    firstFeedback = firstFeedback.isEmpty() ? feedback : firstFeedback;
  }

  /** The first that the metric or a check said of a run that did not succeed; may be empty. */
  String firstFeedback() {
    return firstFeedback;
  }

  private void count(UnscoredReason failure) {
    errors++;
    if (firstFailure.isEmpty()) {
      firstFailure = Optional.of(failure);
    }
    if (errors > settings.maxErrors()) {
      throw new BootstrapFailedException(
          "%s failed, and maxErrors is %d. The first time %s"
              .formatted(
                  Plural.of(errors, "teacher run"),
                  settings.maxErrors(),
                  firstFailure.get().problem()),
          firstFailure.get().error());
    }
  }

  /** A predictor that is made inside run() has no name, so nothing could be learnt for it. */
  private static void requireDeclared(List<TraceStep> steps) {
    if (steps.stream().anyMatch(step -> step.predictor().isEmpty())) {
      throw new BootstrapFailedException(
          "The program called a predictor that is not one of its fields, so it cannot be optimized."
              + " Maybe move its creation from run() to a field.",
          null);
    }
  }

  List<SuccessfulTrace> traces() {
    return List.copyOf(traces);
  }

  /** What went wrong, beside what did not. */
  ErrorContrast contrast() {
    return answers.contrast();
  }

  /** How many runs were made. */
  int tried() {
    return tried;
  }

  int errors() {
    return errors;
  }

  Optional<UnscoredReason> firstFailure() {
    return firstFailure;
  }

  /** All scores that the metric gave. */
  DoubleSummaryStatistics scores() {
    return allScores().summaryStatistics();
  }

  /** Whether a score is neither at an end of 0 to 1 nor outside. */
  boolean anyScoreInside() {
    return allScores().anyMatch(score -> score > 0 && score < 1);
  }

  private DoubleStream allScores() {
    return DoubleStream.concat(
        traces.stream().mapToDouble(SuccessfulTrace::score),
        rejectedScores.stream().mapToDouble(Double::doubleValue));
  }

  /** The best score that was not enough. */
  OptionalDouble bestRejectedScore() {
    return rejectedScores.stream().mapToDouble(Double::doubleValue).max();
  }
}
