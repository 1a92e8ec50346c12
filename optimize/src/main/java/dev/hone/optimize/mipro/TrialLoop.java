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
import java.util.List;
import java.util.OptionalDouble;

/**
 * Carries a search's evaluations out: runs those of one ask concurrently, tells the search what they
 * brought, in order, and keeps a record of each.
 */
final class TrialLoop<I, O> {
  private final EvaluationEngine<I, O> engine;
  private final List<Example<I, O>> valset;
  private final List<TrialRecord> records = new ArrayList<>();

  TrialLoop(EvaluationEngine<I, O> engine, List<Example<I, O>> valset) {
    this.engine = engine;
    this.valset = valset;
  }

  private record Done(TrialRecord record, Told told) {}

  /** Runs until the search asks for nothing more. */
  void run(SearchRun search, CandidateSpace space) {
    Context context = Context.current();
    for (List<Ask> asks = search.ask(); !asks.isEmpty(); asks = search.ask()) {
      announce(context, asks);
      List<Done> done = context.workers().map(asks, ask -> evaluate(ask, space));
      search.tell(done.stream().map(Done::told).toList());
      for (Done one : done) {
        records.add(one.record());
        context.emit(new MiproV2Event.TrialFinished(one.record(), search.best()));
      }
    }
  }

  private static void announce(Context context, List<Ask> asks) {
    List<Ask> promoted =
        asks.stream().filter(ask -> ask.choice() == Ask.Choice.PROMOTED).toList();
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
      return new Done(record(ask, evaluation, duration), new Told(ask, evaluation.scores()));
    } catch (EvaluationFailedException e) {
      if (ask.choice() == Ask.Choice.BASELINE || !(e.getCause() instanceof LmException)) {
        throw e;
      }
      return unreachable(ask, Duration.ofNanos(System.nanoTime() - start));
    }
  }

  private static TrialRecord record(Ask ask, Evaluation<?, ?> evaluation, Duration duration) {
    int failed = (int) evaluation.count(Outcome.ProgramFailed.class);
    int unscored =
        (int) evaluation.scores().stream().filter(OptionalDouble::isEmpty).count();
    return new TrialRecord(
        ask,
        OptionalDouble.of(evaluation.scoreMean()),
        evaluation.interval(),
        failed,
        unscored,
        evaluation.spend(),
        duration);
  }

  private static Done unreachable(Ask ask, Duration duration) {
    int examples = ask.examples().size();
    List<OptionalDouble> none = java.util.Collections.nCopies(examples, OptionalDouble.empty());
    return new Done(
        new TrialRecord(ask, OptionalDouble.empty(), null, 0, examples, Spend.NONE, duration),
        new Told(ask, none));
  }

  /** Every evaluation so far, in the order in which they were told. */
  List<TrialRecord> records() {
    return List.copyOf(records);
  }
}
