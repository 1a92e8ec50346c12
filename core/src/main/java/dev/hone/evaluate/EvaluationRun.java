package dev.hone.evaluate;

import dev.hone.context.Context;
import dev.hone.data.Example;
import dev.hone.evaluate.EvaluationNotifier.Found;
import dev.hone.lm.LmException;
import dev.hone.text.Excerpt;
import dev.hone.text.Plural;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Examples that are being evaluated: what came of each so far, and which are running. The caller
 * only waits, so that it comes back after an interrupt even if an example does not end. Whatever
 * ends it early carries the results so far. Used once.
 */
final class EvaluationRun<I, O> {
  private static final int MOST_NAMED = 3;
  private static final int SHOWN_CHARACTERS = 100;

  private final List<Example<I, O>> examples;
  private final EarlyFailureStop<I, O> stop;
  private final AtomicReferenceArray<@Nullable ExampleResult<I, O>> results;
  private final Set<Integer> running = new ConcurrentSkipListSet<>();

  EvaluationRun(List<Example<I, O>> examples, EarlyFailureStop<I, O> stop) {
    this.examples = examples;
    this.stop = stop;
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
      if (Thread.currentThread().isInterrupted()) {
        throw new LmException.Interrupted("Interrupted before the first example", null);
      }
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
      return begun(index, notifier, work);
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
    running.add(index);
    try {
      ExampleResult<I, O> result = notifier.example(examples.get(index), () -> work.apply(index));
      results.set(index, result);
      stop.check(result, index);
      return result;
    } finally {
      running.remove(index);
    }
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
    Thread.currentThread().interrupt();
    List<Integer> lost = List.copyOf(running);
    String message =
        "Interrupted with results of %d of %s."
            .formatted(soFar().size(), Plural.of(examples.size(), "example"));
    return new LmException.Interrupted(
        lost.isEmpty() ? message : message + stillRunning(lost), cause);
  }

  private String stillRunning(List<Integer> lost) {
    String named =
        lost.stream().limit(MOST_NAMED).map(this::name).collect(Collectors.joining(", "));
    int more = lost.size() - MOST_NAMED;
    return " Still running, and left behind: %s%s. Maybe the program or the metric loops there, or a model ignores interrupts."
        .formatted(named, more > 0 ? " and " + more + " more" : "");
  }

  private String name(int index) {
    String input = EvaluationTable.text(examples.get(index).input());
    return "%s (%s)"
        .formatted(
            examples.size() == 1 ? "the example" : "example " + (index + 1),
            Excerpt.ofLine(input, SHOWN_CHARACTERS));
  }
}
