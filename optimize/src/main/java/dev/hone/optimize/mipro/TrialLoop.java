package dev.hone.optimize.mipro;

import dev.hone.context.Context;
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
import dev.hone.optimize.UnreadableRepliesException;
import dev.hone.optimize.run.PromptTokens;
import dev.hone.optimize.search.EvaluationRequest;
import dev.hone.optimize.search.EvaluationScores;
import dev.hone.optimize.search.ScoreTable;
import dev.hone.optimize.search.SearchRun;
import dev.hone.optimize.search.schedule.AnsweredExamples;
import dev.hone.optimize.task.CallNotes;
import dev.hone.optimize.task.EarlyEnd;
import dev.hone.optimize.task.ReadableReplies;
import dev.hone.optimize.task.UnscoredCounts;
import dev.hone.program.ProgramState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
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
  private final List<TrialRecord> records = new ArrayList<>();
  private final ScoreTable scores;
  private final ReadableReplies readable;
  private final UnscoredCounts unscored = new UnscoredCounts();
  private final PromptTokens promptTokens = new PromptTokens();
  private final List<ExampleResult<I, O>> results = new ArrayList<>();
  private final List<ExampleResult<I, O>> unscoredResults = new ArrayList<>();
  private int probes;

  TrialLoop(
      EvaluationEngine<I, O> engine,
      List<Example<I, O>> valset,
      ScoreTable scores,
      ReadableReplies readable) {
    this.engine = engine;
    this.valset = valset;
    this.scores = scores;
    this.readable = readable;
  }

  /** One evaluation that is to be made, with what is known of it so far. */
  private record Open<I, O>(
      EvaluationRequest request,
      int together,
      Span span,
      AnsweredExamples<I, O> answered,
      long startNanos) {}

  /** One evaluation, with the examples that have a result, by index, and these results. */
  private record Done<I, O>(
      TrialRecord record,
      EventStamp stamp,
      EvaluationScores scores,
      List<Integer> answered,
      List<ExampleResult<I, O>> results,
      @Nullable Throwable end) {}

  /**
   * Runs until the search asks for nothing more, or there is something to do in between, after
   * which it is called again. What ends it before is thrown; what was evaluated by then is
   * recorded, and the search knows of it.
   *
   * @param pause whether to return after the evaluations that are made together
   * @throws LmException if the budget is spent, the credential refused, the thread interrupted, or
   *     the model answers nothing any more
   * @throws EvaluationFailedException if the first examples have no score, nor any of the run
   * @throws UnreadableRepliesException if none of the first examples has a reply that can be read
   */
  void run(SearchRun search, CandidateSpace space, BooleanSupplier pause) {
    for (List<EvaluationRequest> asks = search.ask(); !asks.isEmpty(); asks = search.ask()) {
      if (Thread.currentThread().isInterrupted()) {
        throw new LmException.Interrupted("The thread was interrupted", null);
      }
      List<Done<I, O>> done = evaluate(asks, space);
      take(search, space, done, (int) asks.stream().filter(TrialLoop::completes).count());
      stopIfOver(done);
      stopIfUnscored(done);
      stopIfGone(done, space.state(space.baseline()));
      if (pause.getAsBoolean()) {
        return;
      }
    }
    if (scores.isEmpty() && !unscoredResults.isEmpty()) {
      requireScore();
    }
    readable.requireAny();
  }

  /** Makes the evaluations; where something ends all of them, with what was answered by then. */
  private List<Done<I, O>> evaluate(List<EvaluationRequest> asks, CandidateSpace space) {
    int promoted = announce(Context.current(), asks);
    List<Open<I, O>> open = asks.stream().map(ask -> open(ask, promoted)).toList();
    int most = readable.room() == Integer.MAX_VALUE ? open.size() : 1;
    try {
      return Context.current().workers().map(open, most, one -> evaluate(one, space));
    } catch (Throwable e) {
      EarlyEnd end = EarlyEnd.of(e);
      return open.stream().map(one -> ended(one, end)).toList();
    }
  }

  private Open<I, O> open(EvaluationRequest ask, int promoted) {
    List<Example<I, O>> examples = ask.examples().stream().map(valset::get).toList();
    Span span = Context.current().span().child();
    return new Open<>(
        ask, topK(ask, promoted), span, new AnsweredExamples<>(examples), System.nanoTime());
  }

  private void take(SearchRun search, CandidateSpace space, List<Done<I, O>> done, int promoted) {
    search.tell(done.stream().map(Done::scores).toList());
    for (Done<I, O> one : done) {
      TrialRecord record = one.record().named(space);
      records.add(record);
      scores.put(one.scores());
      unscored.take(one.scores().request().configuration(), one.answered(), one.results());
      promptTokens.take(one.scores().request().configuration(), one.results());
      results.addAll(one.results());
      Context.current()
          .emit(
              new MiproV2Event.TrialFinished(
                  one.stamp(), record, topK(record.request(), promoted), search.best()));
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
      Throwable end = one.end();
      if (end != null) {
        throw TrialLoop.<RuntimeException>unchecked(end);
      }
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> E unchecked(Throwable error) throws E {
    throw (E) error;
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

  /** Emits which configurations are about to be evaluated fully, if any are; gives how many. */
  private static int announce(Context context, List<EvaluationRequest> asks) {
    List<EvaluationRequest> promoted = asks.stream().filter(TrialLoop::completes).toList();
    if (!promoted.isEmpty()) {
      context.emit(new MiproV2Event.Reranked(context.span().stamp(), promoted));
    }
    return promoted.size();
  }

  private static boolean completes(EvaluationRequest ask) {
    return ask.kind() == EvaluationRequest.Kind.FULL
        && ask.choice() != EvaluationRequest.Choice.BASELINE;
  }

  private static int topK(EvaluationRequest ask, int promoted) {
    return completes(ask) ? promoted : 0;
  }

  private Done<I, O> evaluate(Open<I, O> open, CandidateSpace space) {
    Span span = open.span();
    EvaluationRequest ask = open.request();
    ProgramState state = space.state(ask.configuration());
    Context scope = Context.current().within(span).withListener(open.answered());
    scope.emit(new MiproV2Event.TrialStarted(span.stamp(), ask, open.together()));
    try {
      Evaluation<I, O> evaluation = scope.call(() -> evaluate(state, ask));
      return new Done<>(
          TrialRecord.of(ask, evaluation, evaluation.spend(), open.startNanos()),
          span.stamp(),
          new EvaluationScores(ask, evaluation.scores(), evaluation.observations()),
          ask.examples(),
          evaluation.results(),
          null);
    } catch (LmException.BudgetExhausted | LmException.Unauthorized | LmException.JournalFailed e) {
      return ended(open, EarlyEnd.of(e));
    } catch (EvaluationFailedException e) {
      return ended(open, EarlyEnd.ofErrors(e));
    }
  }

  /**
   * Evaluates a state. As long as nothing is known of metric and replies, the first examples come
   * first: a run that cannot work ends with them. All else is data.
   */
  private Evaluation<I, O> evaluate(ProgramState state, EvaluationRequest ask) {
    List<Example<I, O>> examples = ask.examples().stream().map(valset::get).toList();
    boolean first = scores.isEmpty() && ask.choice() == EvaluationRequest.Choice.BASELINE;
    List<ExampleResult<I, O>> results = new ArrayList<>();
    while (results.size() < examples.size()) {
      int most = Math.min(readable.room(), first && results.isEmpty() ? ENOUGH : examples.size());
      int to = (int) Math.min(examples.size(), (long) results.size() + most);
      List<ExampleResult<I, O>> part =
          engine.evaluatePart(state, examples.subList(results.size(), to)).results();
      readable.take(part);
      if (first && results.isEmpty() && part.size() == ENOUGH) {
        requireMetric(part);
      }
      results.addAll(part);
    }
    return engine.of(results);
  }

  /** Ends a run whose metric fails on every output of the first examples, and most have one. */
  private static <I, O> void requireMetric(List<ExampleResult<I, O>> first) {
    List<ExampleResult<I, O>> broken =
        first.stream().filter(r -> r.outcome() instanceof Outcome.MetricFailed<O>).toList();
    boolean anyScored = first.stream().anyMatch(r -> r.outcome() instanceof Outcome.Scored<O>);
    if (!anyScored && broken.size() > first.size() / 2) {
      Evaluation.of(broken, 0).requireScore();
    }
  }

  /** A trial that was stopped: the examples that were answered by then were paid for and count. */
  private Done<I, O> ended(Open<I, O> open, EarlyEnd end) {
    List<Integer> indices = new ArrayList<>();
    List<ExampleResult<I, O>> results = new ArrayList<>();
    for (int index : open.request().examples()) {
      List<ExampleResult<I, O>> known = open.answered().result(valset.get(index)).stream().toList();
      known.forEach(result -> indices.add(index));
      results.addAll(known);
    }
    return new Done<>(
        TrialRecord.of(
            open.request(), engine.of(results), open.answered().spend(), open.startNanos()),
        open.span().stamp(),
        open.answered().scores(open.request(), valset, engine),
        indices,
        results,
        end.error());
  }

  /** What a user should know of the examples without a score, and of candidates never tried. */
  List<String> notes(CandidateSpace space, FinishReason reason) {
    List<String> notes = new ArrayList<>(unscored.notes());
    notes.addAll(CallNotes.of(results));
    InstructionScores.untried(space, records, reason).ifPresent(notes::add);
    return notes;
  }

  /** The prompt tokens of each configuration. */
  PromptTokens promptTokens() {
    return promptTokens;
  }

  /** Every evaluation so far, in the order in which the search took them. */
  List<TrialRecord> records() {
    return List.copyOf(records);
  }
}
