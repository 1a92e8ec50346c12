package dev.hone.evaluate;

import dev.hone.context.Context;
import dev.hone.data.Example;
import dev.hone.evaluate.EvaluationNotifier.Found;
import dev.hone.lm.LmException;
import dev.hone.row.RowsUnderWay;
import dev.hone.text.Plural;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Examples that are being evaluated: what came of each so far, and which are running. The caller
 * only waits, so that it comes back after an interrupt even if an example does not end. Whatever
 * ends it early carries the results so far. Used once.
 */
final class EvaluationRun<I, O> {
  private final List<Example<I, O>> examples;
  private final EarlyFailureStop<I, O> stop;
  private final AtomicReferenceArray<@Nullable ExampleResult<I, O>> results;
  private final RowsUnderWay underWay;

  EvaluationRun(List<Example<I, O>> examples, EarlyFailureStop<I, O> stop) {
    this.examples = examples;
    this.stop = stop;
    this.underWay = new RowsUnderWay("example", examples.size() == 1);
    this.results = new AtomicReferenceArray<>(examples.size());
  }

  /**
   * Runs the examples.
   *
   * @param mostAtOnce the most of them at once
   * @param work runs one, by its index, in the current context
   * @return a result per example, in order
   */
  List<ExampleResult<I, O>> run(
      int mostAtOnce, EvaluationNotifier notifier, IntFunction<Found<I, O>> work) {
    List<Integer> indices = IntStream.range(0, examples.size()).boxed().toList();
    try {
      return Context.current()
          .workers()
          .mapApart(indices, mostAtOnce, i -> example(i, notifier, work));
    } catch (EvaluationFailedException e) {
      throw e.with(soFar());
    } catch (LmException.Interrupted e) {
      LmException.Interrupted interrupted = interrupted(e);
      addResults(interrupted);
      throw interrupted;
    } catch (RuntimeException | Error e) {
      addResults(e);
      throw e;
    }
  }

  private ExampleResult<I, O> example(
      int index, EvaluationNotifier notifier, IntFunction<Found<I, O>> work) {
    try {
      stop.awaitTurn(index);
      return underWay.work(
          index + 1, examples.get(index).input(), () -> begun(index, notifier, work));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LmException.Interrupted("Interrupted before an example was begun", e);
    } catch (RuntimeException | Error e) {
      stop.end(e);
      throw e;
    }
  }

  private ExampleResult<I, O> begun(
      int index, EvaluationNotifier notifier, IntFunction<Found<I, O>> work) {
    ExampleResult<I, O> result = notifier.example(examples.get(index), () -> work.apply(index));
    results.set(index, result);
    stop.check(result, index);
    return result;
  }

  private List<ExampleResult<I, O>> soFar() {
    List<ExampleResult<I, O>> known = new ArrayList<>();
    for (int i = 0; i < results.length(); i++) {
      ExampleResult<I, O> result = results.get(i);
      if (result != null) {
        known.add(result);
      }
    }
    return known;
  }

  private void addResults(Throwable end) {
    List<ExampleResult<I, O>> known = soFar();
    if (!known.isEmpty()) {
      end.addSuppressed(EvaluationFailedException.unfinished(known, examples.size()));
    }
  }

  private LmException.Interrupted interrupted(LmException.Interrupted cause) {
    String found =
        "Interrupted with results of %d of %s."
            .formatted(soFar().size(), Plural.of(examples.size(), "example"));
    return underWay.interrupted(found, "the program or the metric", cause);
  }
}
