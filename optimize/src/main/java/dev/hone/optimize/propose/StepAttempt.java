package dev.hone.optimize.propose;

import dev.hone.HoneException;
import dev.hone.context.Context;
import dev.hone.observe.Span;
import dev.hone.optimize.candidate.ProposerEvent;
import dev.hone.optimize.candidate.ProposerEvent.Step;
import dev.hone.optimize.task.ReportWording;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** One try of one step of the proposer, which tells listeners how it begins and ends. */
final class StepAttempt {
  private StepAttempt() {}

  /**
   * Makes a step, with its events; one that fails gives nothing and a sentence, unless the fault
   * ends the run.
   */
  static Optional<String> make(
      Step step, String predictor, List<StepFailure> failures, Supplier<String> work) {
    Span span = Context.current().span().child();
    Context scope = Context.current().within(span);
    scope.emit(new ProposerEvent.StepStarted(span.stamp(), step, predictor));
    try {
      String text = scope.call(() -> work.get());
      scope.emit(ProposerEvent.StepFinished.succeeded(span.stamp(), step, predictor, text));
      return Optional.of(text);
    } catch (RuntimeException | Error e) {
      String problem = problem(step, predictor, e);
      scope.emit(ProposerEvent.StepFinished.failed(span.stamp(), step, predictor, problem));
      if (Retry.endsRun(e)) {
        throw e;
      }
      failures.add(new StepFailure(problem, Retry.mayPass(e)));
      return Optional.empty();
    }
  }

  /** What a failed step says, in a sentence. */
  static String problem(Step step, String predictor, Throwable error) {
    String target = predictor.isEmpty() ? "" : " for " + predictor;
    return "The %s%s failed: %s"
        .formatted(
            ReportWording.of(step),
            target,
            error instanceof HoneException ? error.getMessage() : error);
  }
}
