package dev.hone.optimize.task;

import dev.hone.context.Context;
import dev.hone.lm.LmException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * What came of independent work; where the thread that waited for it was interrupted, of those
 * items that had ended by then.
 *
 * @param results the results in the order of the items; empty for those without one
 * @param interrupt what was thrown where the thread was interrupted
 * @param <R> the type of a result
 */
public record KeptResults<R>(
    List<Optional<R>> results, Optional<LmException.Interrupted> interrupt) {
  /** Copies the list. */
  public KeptResults {
    results = List.copyOf(results);
  }

  /**
   * Applies a function to every item on the threads of the current context, as its workers do.
   *
   * @throws RuntimeException as these do, but for an interrupt
   */
  public static <T, R> KeptResults<R> map(List<T> items, Function<T, R> function) {
    AtomicReferenceArray<R> ended = new AtomicReferenceArray<>(items.size());
    List<Integer> indices = IntStream.range(0, items.size()).boxed().toList();
    try {
      Context.current()
          .workers()
          .map(
              indices,
              i -> {
                ended.set(i, function.apply(items.get(i)));
                return i;
              });
      return of(ended, Optional.empty());
    } catch (LmException.Interrupted e) {
      return of(ended, Optional.of(e));
    }
  }

  private static <R> KeptResults<R> of(
      AtomicReferenceArray<R> ended, Optional<LmException.Interrupted> interrupt) {
    return new KeptResults<>(
        IntStream.range(0, ended.length())
            .mapToObj(i -> Optional.ofNullable(ended.get(i)))
            .toList(),
        interrupt);
  }
}
