package dev.hone.optimize.mipro;

import dev.hone.context.Context;
import dev.hone.data.Example;
import dev.hone.evaluate.Evaluation;
import dev.hone.evaluate.EvaluationEngine;
import dev.hone.evaluate.EvaluationFailedException;
import dev.hone.evaluate.ExampleResult;
import dev.hone.lm.LmException;
import dev.hone.observe.EventStamp;
import dev.hone.observe.Span;
import dev.hone.optimize.FinishReason;
import dev.hone.optimize.UnreadableRepliesException;
import dev.hone.optimize.run.PromptTokens;
import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.EvaluationRequest;
import dev.hone.optimize.search.EvaluationScores;
import dev.hone.optimize.search.ScoreTable;
import dev.hone.optimize.search.SearchRun;
import dev.hone.optimize.search.schedule.AnsweredExamples;
import dev.hone.optimize.task.CallNotes;
import dev.hone.optimize.task.DemoFit;
import dev.hone.optimize.task.EarlyEnd;
import dev.hone.optimize.task.FirstExamples;
import dev.hone.optimize.task.LostModel;
import dev.hone.optimize.task.ReadableReplies;
import dev.hone.optimize.task.UnscoredCounts;
import dev.hone.program.ProgramState;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the evaluations of a search: runs those of one request concurrently, gives the search their
 * scores, in order, and keeps a record of each.
 */
final class TrialLoop<I, O> {
  private final EvaluationEngine<I, O> engine;
  private final List<Example<I, O>> valset;
  private final List<TrialRecord> records = new ArrayList<>();
  private final ScoreTable scores;
  private final ReadableReplies readable;
  private final DemoFit<I, O> fit;
  private final FirstExamples<I, O> firstExamples;
  private final LostModel<I, O> lostModel;
  private final UnscoredCounts unscored = new UnscoredCounts();
  private final PromptTokens promptTokens = new PromptTokens();
  private final List<ExampleResult<I, O>> results = new ArrayList<>();

  TrialLoop(
      DemoFit<I, O> fit, List<Example<I, O>> valset, ScoreTable scores, ReadableReplies readable) {
    this.fit = fit;
    this.engine = fit.engine();
    this.firstExamples = new FirstExamples<>(engine, readable);
    this.lostModel = new LostModel<>(engine);
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
      firstExamples.requireScore(results(done), !scores.isEmpty());
      lostModel.stopIfGone(results(done), space.state(space.baseline()));
      if (pause.getAsBoolean()) {
        return;
      }
    }
    firstExamples.requireAny(!scores.isEmpty());
  }

  /** Makes the evaluations; where something ends all of them, with what was answered by then. */
  private List<Done<I, O>> evaluate(List<EvaluationRequest> asks, CandidateSpace space) {
    int promoted = announce(Context.current(), asks);
    List<Open<I, O>> open = asks.stream().map(ask -> open(ask, promoted)).toList();
    int most = readable.room() == Integer.MAX_VALUE ? open.size() : 1;
    try {
      List<Done<I, O>> done =
          Context.current().workers().map(open, most, one -> announced(one, space));
      return shortened(open, done, space);
    } catch (Throwable e) {
      EarlyEnd end = EarlyEnd.of(e);
      return open.stream().map(one -> ended(one, end)).toList();
    }
  }

  /**
   * Evaluates again what had a prompt that was too long, without the demos that there is no room
   * for, on all examples that it was ever evaluated on.
   */
  private List<Done<I, O>> shortened(
      List<Open<I, O>> open, List<Done<I, O>> done, CandidateSpace space) {
    List<Done<I, O>> all = new ArrayList<>(done);
    Set<Configuration> shorter = shorter(all, space);
    Set<Configuration> ever = new LinkedHashSet<>();
    for (; !shorter.isEmpty(); shorter = shorter(all, space)) {
      ever.addAll(shorter);
      for (int i = 0; i < all.size(); i++) {
        if (shorter.contains(open.get(i).request().configuration())) {
          all.set(i, evaluate(open.get(i), space));
        }
      }
    }
    ever.forEach(configuration -> scoreAgain(configuration, space));
    return all;
  }

  private Set<Configuration> shorter(List<Done<I, O>> done, CandidateSpace space) {
    Set<Configuration> shorter = new LinkedHashSet<>();
    for (Done<I, O> one : done) {
      Configuration tried = one.scores().request().configuration();
      if (fit.shorten(space.name(tried), space.state(tried), one.results())) {
        shorter.add(tried);
      }
    }
    return shorter;
  }

  /** Scores of one prompt are compared: those from before demos were dropped are replaced. */
  private void scoreAgain(Configuration configuration, CandidateSpace space) {
    List<Integer> known = scores.known(configuration);
    if (!known.isEmpty()) {
      EvaluationRequest again =
          new EvaluationRequest(
              0,
              EvaluationRequest.Kind.MINIBATCH,
              configuration,
              known,
              EvaluationRequest.Choice.PROMOTED);
      Evaluation<I, O> evaluation = evaluate(fit.of(space.state(configuration)), again);
      scores.put(new EvaluationScores(again, evaluation.scores(), evaluation.observations()));
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

  private List<ExampleResult<I, O>> results(List<Done<I, O>> done) {
    return done.stream().flatMap(one -> one.results().stream()).toList();
  }

  private static void stopIfOver(List<? extends Done<?, ?>> done) {
    for (Done<?, ?> one : done) {
      Throwable end = one.end();
      if (end != null) {
        EarlyEnd.rethrow(end);
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

  private Done<I, O> announced(Open<I, O> open, CandidateSpace space) {
    Span span = open.span();
    Context.current()
        .within(span)
        .emit(new MiproV2Event.TrialStarted(span.stamp(), open.request(), open.together()));
    return evaluate(open, space);
  }

  private Done<I, O> evaluate(Open<I, O> open, CandidateSpace space) {
    Span span = open.span();
    EvaluationRequest ask = open.request();
    ProgramState state = fit.of(space.state(ask.configuration()));
    Context scope = Context.current().within(span).withListener(open.answered());
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

  private Evaluation<I, O> evaluate(ProgramState state, EvaluationRequest ask) {
    List<Example<I, O>> examples = ask.examples().stream().map(valset::get).toList();
    boolean first = scores.isEmpty() && ask.choice() == EvaluationRequest.Choice.BASELINE;
    return firstExamples.evaluate(state, examples, first);
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
    notes.addAll(fit.notes());
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
