package dev.hone.optimize.mipro;

import dev.hone.context.Context;
import dev.hone.data.Example;
import dev.hone.evaluate.Evaluation;
import dev.hone.evaluate.EvaluationEngine;
import dev.hone.evaluate.EvaluationFailedException;
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
  private final EvaluationEngine<I, O> engine;
  private final List<Example<I, O>> valset;
  private final List<TrialRecord> records = new ArrayList<>();
  private final ScoreSheet scores = new ScoreSheet();

  TrialLoop(EvaluationEngine<I, O> engine, List<Example<I, O>> valset) {
    this.engine = engine;
    this.valset = valset;
  }

  private record Done(TrialRecord record, Told told, LmException.@Nullable BudgetExhausted spent) {}

  /**
   * Runs until the search asks for nothing more.
   *
   * @throws LmException.BudgetExhausted if the budget is spent; what was evaluated by then is told
   *     and recorded
   */
  void run(SearchRun search, CandidateSpace space) {
    Context context = Context.current();
    for (List<Ask> asks = search.ask(); !asks.isEmpty(); asks = search.ask()) {
      announce(context, asks);
      List<Done> done = context.workers().map(asks, ask -> evaluate(ask, space));
      search.tell(done.stream().map(Done::told).toList());
      for (Done one : done) {
        records.add(one.record());
        scores.take(one.told());
        context.emit(new MiproV2Event.TrialFinished(one.record(), search.best()));
      }
      stopIfSpent(done);
    }
  }

  private static void stopIfSpent(List<Done> done) {
    for (Done one : done) {
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

  private Done evaluate(Ask ask, CandidateSpace space) {
    long start = System.nanoTime();
    ProgramState state = space.state(ask.configuration());
    List<Example<I, O>> examples = ask.examples().stream().map(valset::get).toList();
    try {
      Evaluation<I, O> evaluation = engine.evaluate(state, examples);
      Duration duration = Duration.ofNanos(System.nanoTime() - start);
      return new Done(record(ask, evaluation, duration), new Told(ask, evaluation.scores()), null);
    } catch (EvaluationFailedException e) {
      if (scores.isEmpty() || !(e.getCause() instanceof LmException)) {
        throw e;
      }
      return unreachable(ask, Duration.ofNanos(System.nanoTime() - start), null);
    } catch (LmException.BudgetExhausted e) {
      return unreachable(ask, Duration.ofNanos(System.nanoTime() - start), e);
    }
  }

  private static TrialRecord record(Ask ask, Evaluation<?, ?> evaluation, Duration duration) {
    int failed = (int) evaluation.count(Outcome.ProgramFailed.class);
    int unscored = (int) evaluation.scores().stream().filter(OptionalDouble::isEmpty).count();
    return new TrialRecord(
        ask,
        OptionalDouble.of(evaluation.scoreMean()),
        evaluation.interval(),
        failed,
        unscored,
        evaluation.spend(),
        duration);
  }

  private static Done unreachable(
      Ask ask, Duration duration, LmException.@Nullable BudgetExhausted spent) {
    int examples = ask.examples().size();
    List<OptionalDouble> none = Collections.nCopies(examples, OptionalDouble.empty());
    return new Done(
        new TrialRecord(ask, OptionalDouble.empty(), null, 0, examples, Spend.NONE, duration),
        new Told(ask, none),
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
