package dev.hone.evaluate;

import dev.hone.context.Context;
import dev.hone.data.Example;
import dev.hone.observe.Span;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Runs an evaluation and its examples as pieces of work that listeners are notified of. Makes
 * neither spans nor events without a listener. Thread-safe.
 */
final class EvaluationNotifier {
  private final int examples;
  private final AtomicInteger done = new AtomicInteger();

  EvaluationNotifier(int examples) {
    this.examples = examples;
  }

  /**
   * What became of an example.
   *
   * @param result the result
   * @param known whether it was known before
   */
  record Found<I, O>(ExampleResult<I, O> result, boolean known) {}

  /** Runs the evaluation. */
  <I, O> Evaluation<I, O> evaluation(Supplier<Evaluation<I, O>> work) {
    Context context = inner();
    if (!context.isObserved()) {
      return work.get();
    }
    Span span = context.span();
    context.emit(new EvaluationEvent.EvaluationStarted(span.stamp(), examples));
    try {
      Evaluation<I, O> evaluation = context.call(work::get);
      context.emit(new EvaluationEvent.EvaluationFinished(span.stamp(), evaluation));
      return evaluation;
    } catch (Throwable e) {
      context.emit(new EvaluationEvent.EvaluationFailed(span.stamp(), e));
      throw e;
    }
  }

  /** Runs one example. */
  <I, O> ExampleResult<I, O> example(Example<I, O> example, Supplier<Found<I, O>> work) {
    Context context = inner();
    if (!context.isObserved()) {
      return work.get().result();
    }
    Span span = context.span();
    context.emit(new EvaluationEvent.ExampleStarted(span.stamp(), example));
    try {
      Found<I, O> found = context.call(work::get);
      context.emit(
          new EvaluationEvent.ExampleFinished(
              span.stamp(),
              found.result(),
              found.known(),
              new EvaluationEvent.Position(done.incrementAndGet(), examples)));
      return found.result();
    } catch (Throwable e) {
      context.emit(new EvaluationEvent.ExampleFailed(span.stamp(), example, e));
      throw e;
    }
  }

  private static Context inner() {
    Context context = Context.current();
    return context.isObserved() ? context.within(context.span().child()) : context;
  }
}
