package dev.hone.optimize.mipro;

import dev.hone.context.Context;
import dev.hone.data.Example;
import dev.hone.evaluate.Evaluation;
import dev.hone.evaluate.EvaluationEngine;
import dev.hone.evaluate.EvaluationFailedException;
import dev.hone.evaluate.ExampleResult;
import dev.hone.evaluate.Outcome;
import dev.hone.evaluate.Spend;
import dev.hone.lm.LmException;
import dev.hone.optimize.search.Ask;
import dev.hone.optimize.search.SearchRun;
import dev.hone.optimize.search.Told;
import dev.hone.program.ProgramState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Carries a search's evaluations out: runs those of one ask concurrently, tells the search what
 * they brought, in order, and keeps a record of each.
 */
final class TrialLoop<I, O> {
  /** So many examples without any score say that the run as a whole is in vain. */
  private static final int ENOUGH = 8;

  private final EvaluationEngine<I, O> engine;
  private final List<Example<I, O>> valset;
  private final List<TrialRecord> records = new ArrayList<>();
  private final ScoreSheet scores = new ScoreSheet();
  private final List<ExampleResult<I, O>> inVain = new ArrayList<>();

  TrialLoop(EvaluationEngine<I, O> engine, List<Example<I, O>> valset) {
    this.engine = engine;
    this.valset = valset;
  }

  private record Done<I, O>(
      TrialRecord record,
      Told told,
      List<ExampleResult<I, O>> results,
      LmException.@Nullable BudgetExhausted spent) {}

  /**
   * Runs until the search asks for nothing more.
   *
   * @throws LmException.BudgetExhausted if the budget is spent; what was evaluated by then is told
   *     and recorded
   * @throws EvaluationFailedException if the first examples have no score, nor any of the run
   */
  void run(SearchRun search, CandidateSpace space) {
    Context context = Context.current();
    for (List<Ask> asks = search.ask(); !asks.isEmpty(); asks = search.ask()) {
      announce(context, asks);
      List<Done<I, O>> done = context.workers().map(asks, ask -> evaluate(ask, space));
      search.tell(done.stream().map(Done::told).toList());
      for (Done<I, O> one : done) {
        records.add(one.record());
        scores.take(one.told());
        context.emit(new MiproV2Event.TrialFinished(one.record(), search.best()));
      }
      stopIfSpent(done);
      stopIfInVain(done);
    }
    if (scores.isEmpty() && !inVain.isEmpty()) {
      requireScore();
    }
  }

  private void stopIfInVain(List<Done<I, O>> done) {
    if (scores.isEmpty()) {
      done.forEach(one -> inVain.addAll(one.results()));
      if (inVain.size() >= ENOUGH) {
        requireScore();
      }
    }
  }

  private void requireScore() {
    new Evaluation<>(inVain, 0).requireScore();
  }

  private static void stopIfSpent(List<? extends Done<?, ?>> done) {
    for (Done<?, ?> one : done) {
      LmException.BudgetExhausted spent = one.spent();
      if (spent != null) {
        throw spent;
      }
    }
  }

  private static void announce(Context context, List<Ask> asks) {
    List<Ask> promoted = asks.stream().filter(ask -> ask.choice() == Ask.Choice.PROMOTED).toList();
    if (!promoted.isEmpty()) {
      context.emit(new MiproV2Event.Reranked(promoted));
    }
    context.emit(new MiproV2Event.TrialsStarted(asks));
  }

  private Done<I, O> evaluate(Ask ask, CandidateSpace space) {
    long start = System.nanoTime();
    try {
      Evaluation<I, O> evaluation = evaluate(space.state(ask.configuration()), ask);
      Duration duration = Duration.ofNanos(System.nanoTime() - start);
      return new Done<>(
          record(ask, evaluation, duration),
          new Told(ask, evaluation.scores()),
          evaluation.results(),
          null);
    } catch (LmException.BudgetExhausted e) {
      return unspent(ask, Duration.ofNanos(System.nanoTime() - start), e);
    }
  }

  /** The run's first evaluation ends early when it is in vain; later ones are data. */
  private Evaluation<I, O> evaluate(ProgramState state, Ask ask) {
    List<Example<I, O>> examples = ask.examples().stream().map(valset::get).toList();
    return scores.isEmpty() && examples.size() >= ENOUGH
        ? engine.evaluate(state, examples)
        : engine.evaluatePart(state, examples);
  }

  private static TrialRecord record(Ask ask, Evaluation<?, ?> evaluation, Duration duration) {
    boolean scored = evaluation.hasScore();
    int failed = (int) evaluation.count(Outcome.ProgramFailed.class);
    int unscored = (int) evaluation.scores().stream().filter(OptionalDouble::isEmpty).count();
    return new TrialRecord(
        ask,
        scored ? OptionalDouble.of(evaluation.scoreMean()) : OptionalDouble.empty(),
        scored ? evaluation.interval() : null,
        failed,
        unscored,
        evaluation.spend(),
        duration);
  }

  private static <I, O> Done<I, O> unspent(
      Ask ask, Duration duration, LmException.BudgetExhausted spent) {
    int examples = ask.examples().size();
    List<OptionalDouble> none = Collections.nCopies(examples, OptionalDouble.empty());
    return new Done<>(
        new TrialRecord(ask, OptionalDouble.empty(), null, 0, examples, Spend.NONE, duration),
        new Told(ask, none),
        List.of(),
        spent);
  }

  /** What the configurations scored. */
  ScoreSheet scores() {
    return scores;
  }

  /** Every evaluation so far, in the order in which they were told. */
  List<TrialRecord> records() {
    return List.copyOf(records);
  }
}
