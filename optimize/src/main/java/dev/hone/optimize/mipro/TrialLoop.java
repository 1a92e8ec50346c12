package dev.hone.optimize.mipro;

import dev.hone.context.Context;
import dev.hone.context.Spend;
import dev.hone.data.Example;
import dev.hone.evaluate.Evaluation;
import dev.hone.evaluate.EvaluationEngine;
import dev.hone.evaluate.EvaluationFailedException;
import dev.hone.evaluate.ExampleResult;
import dev.hone.evaluate.Outcome;
import dev.hone.lm.LmException;
import dev.hone.lm.LmOptions;
import dev.hone.observe.EventStamp;
import dev.hone.observe.Span;
import dev.hone.optimize.FinishReason;
import dev.hone.optimize.search.EvaluationRequest;
import dev.hone.optimize.search.EvaluationScores;
import dev.hone.optimize.search.ScoreTable;
import dev.hone.optimize.search.SearchRun;
import dev.hone.optimize.task.UnscoredCounts;
import dev.hone.program.ProgramState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Runs the evaluations of a search: runs those of one request concurrently, gives the search their
 * scores, in order, and keeps a record of each.
 */
final class TrialLoop<I, O> {
  /** This number of examples without any score says that the run as a whole is pointless. */
  private static final int ENOUGH = 8;

  private final EvaluationEngine<I, O> engine;
  private final List<Example<I, O>> valset;
  private final double failureScore;
  private final List<TrialRecord> records = new ArrayList<>();
  private final ScoreTable scores;
  private final UnscoredCounts unscored = new UnscoredCounts();
  private final List<ExampleResult<I, O>> unscoredResults = new ArrayList<>();
  private int probes;

  TrialLoop(
      EvaluationEngine<I, O> engine,
      List<Example<I, O>> valset,
      double failureScore,
      ScoreTable scores) {
    this.engine = engine;
    this.valset = valset;
    this.failureScore = failureScore;
    this.scores = scores;
  }

  /** One evaluation, with the examples that have a result, by index, and these results. */
  private record Done<I, O>(
      TrialRecord record,
      EventStamp stamp,
      EvaluationScores scores,
      List<Integer> answered,
      List<ExampleResult<I, O>> results,
      @Nullable LmException end) {}

  /**
   * Runs until the search asks for nothing more.
   *
   * @throws LmException if the budget is spent, the credential refused, or the model answers
   *     nothing any more; what was evaluated by then is recorded
   * @throws EvaluationFailedException if the first examples have no score, nor any of the run
   */
  void run(SearchRun search, CandidateSpace space) {
    Context context = Context.current();
    for (List<EvaluationRequest> asks = search.ask(); !asks.isEmpty(); asks = search.ask()) {
      int topK = announce(context, asks);
      List<Done<I, O>> done = context.workers().map(asks, ask -> evaluate(ask, space, topK));
      search.tell(done.stream().map(Done::scores).toList());
      for (Done<I, O> one : done) {
        records.add(one.record());
        scores.put(one.scores());
        unscored.take(one.scores().request().configuration(), one.answered(), one.results());
        context.emit(
            new MiproV2Event.TrialFinished(
                one.stamp(), one.record(), topK(one.record().request(), topK), search.best()));
      }
      stopIfOver(done);
      stopIfUnscored(done);
      stopIfGone(done, space.state(space.baseline()));
    }
    if (scores.isEmpty() && !unscoredResults.isEmpty()) {
      requireScore();
    }
  }

  private void stopIfUnscored(List<Done<I, O>> done) {
    if (scores.isEmpty()) {
      done.forEach(one -> unscoredResults.addAll(one.results()));
      if (unscoredResults.size() >= ENOUGH) {
        requireScore();
      }
    }
  }

  private void requireScore() {
    Evaluation.of(unscoredResults, 0).requireScore();
  }

  private static void stopIfOver(List<? extends Done<?, ?>> done) {
    for (Done<?, ?> one : done) {
      LmException end = one.end();
      if (end != null) {
        throw end;
      }
    }
  }

  /**
   * When nothing of a batch was answered, asks the program as it was given for one answer more:
   * either these candidates cannot be run, or the model is gone.
   */
  private void stopIfGone(List<Done<I, O>> done, ProgramState baseline) {
    List<ExampleResult<I, O>> results = done.stream().flatMap(d -> d.results().stream()).toList();
    if (results.stream().allMatch(r -> r.outcome() instanceof Outcome.LmUnavailable<O>)) {
      Context anew = Context.current().withDraw(LmOptions.defaults().withRolloutId(--probes));
      ExampleResult<I, O> probe =
          anew.call(() -> engine.evaluateOne(baseline, results.get(0).example()));
      if (probe.outcome() instanceof Outcome.LmUnavailable<O> gone) {
        throw gone.error();
      }
    }
  }

  /** Emits that the best are re-ranked, if they are; gives how many. */
  private static int announce(Context context, List<EvaluationRequest> asks) {
    List<EvaluationRequest> promoted = asks.stream().filter(TrialLoop::promoted).toList();
    if (!promoted.isEmpty()) {
      context.emit(new MiproV2Event.Reranked(context.span().stamp(), promoted));
    }
    return promoted.size();
  }

  private static boolean promoted(EvaluationRequest ask) {
    return ask.choice() == EvaluationRequest.Choice.PROMOTED;
  }

  private static int topK(EvaluationRequest ask, int promoted) {
    return promoted(ask) ? promoted : 0;
  }

  private Done<I, O> evaluate(EvaluationRequest ask, CandidateSpace space, int promoted) {
    long start = System.nanoTime();
    Span span = Context.current().span().child();
    List<Example<I, O>> examples = ask.examples().stream().map(valset::get).toList();
    AnsweredExamples<I, O> answered = new AnsweredExamples<>(examples);
    ProgramState state = space.state(ask.configuration());
    Context scope = Context.current().within(span).withListener(answered);
    scope.emit(new MiproV2Event.TrialStarted(span.stamp(), ask, topK(ask, promoted)));
    try {
      Evaluation<I, O> evaluation = scope.call(() -> evaluate(state, ask, examples));
      return new Done<>(
          record(ask, evaluation, evaluation.spend(), start),
          span.stamp(),
          new EvaluationScores(ask, evaluation.scores()),
          ask.examples(),
          evaluation.results(),
          null);
    } catch (LmException.BudgetExhausted | LmException.Unauthorized e) {
      return ended(ask, answered, start, span, e);
    }
  }

  /** The baseline's first evaluation ends early when nothing is scored; all others are data. */
  private Evaluation<I, O> evaluate(
      ProgramState state, EvaluationRequest ask, List<Example<I, O>> examples) {
    boolean first = scores.isEmpty() && ask.choice() == EvaluationRequest.Choice.BASELINE;
    return first && examples.size() >= ENOUGH
        ? engine.evaluate(state, examples)
        : engine.evaluatePart(state, examples);
  }

  private static TrialRecord record(
      EvaluationRequest ask, Evaluation<?, ?> evaluation, Spend spend, long startNanos) {
    boolean scored = evaluation.hasScore();
    int failed = (int) evaluation.count(Outcome.ProgramFailed.class);
    int withScore = (int) evaluation.scores().stream().filter(OptionalDouble::isPresent).count();
    TrialRecord.Builder trial =
        TrialRecord.builder(ask)
            .examples(failed, ask.examples().size() - withScore)
            .cost(spend, Duration.ofNanos(System.nanoTime() - startNanos));
    return scored ? trial.score(evaluation.score(), evaluation.interval()).build() : trial.build();
  }

  /** A trial that was stopped: the examples that were answered by then were paid for and count. */
  private Done<I, O> ended(
      EvaluationRequest ask,
      AnsweredExamples<I, O> answered,
      long startNanos,
      Span span,
      LmException end) {
    List<Integer> indices = new ArrayList<>();
    List<ExampleResult<I, O>> results = new ArrayList<>();
    List<OptionalDouble> scored = new ArrayList<>();
    for (int index : ask.examples()) {
      List<ExampleResult<I, O>> known = answered.result(valset.get(index)).stream().toList();
      known.forEach(result -> indices.add(index));
      results.addAll(known);
      List<OptionalDouble> score = Evaluation.of(known, failureScore).scores();
      scored.add(score.isEmpty() ? OptionalDouble.empty() : score.get(0));
    }
    Evaluation<I, O> evaluation = Evaluation.of(results, failureScore);
    return new Done<>(
        record(ask, evaluation, answered.spend(), startNanos),
        span.stamp(),
        new EvaluationScores(ask, scored),
        indices,
        results,
        end);
  }

  /** What a user should know of the examples without a score, and of candidates never tried. */
  List<String> notes(CandidateSpace space, FinishReason reason) {
    List<String> notes = new ArrayList<>(unscored.notes());
    UntriedInstructions.note(space, records, reason).ifPresent(notes::add);
    return notes;
  }

  /** Every evaluation so far, in the order in which the search took them. */
  List<TrialRecord> records() {
    return List.copyOf(records);
  }
}
