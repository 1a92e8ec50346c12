package dev.hone.context;

import dev.hone.work.FreeThreads;
import dev.hone.work.OrderedWork;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Runs independent work on several threads: virtual ones where the runtime has them, platform
 * threads otherwise. How many model calls are under way is limited by the pipeline, not here.
 *
 * <p>The calling thread works too, and so work goes on even if no other thread is available: nested
 * use never waits for a thread. All contexts derived from one another share one set of threads, as
 * many as calls of the model may be in flight, and half as many again, so that those which wait to
 * try again, or compute, leave no place empty; beyond 256 calls one of that half works only while
 * another waits to try again. Nested use takes what is left of them. Thread-safe.
 */
public final class Workers {
  /** The most calls in flight at which threads that wait for a place cost little. */
  private static final int FEW_CALLS = 256;

  /** More than there can be, and few enough to add to. */
  private static final int MOST_THREADS = 1 << 20;

  private final int calls;
  private final FreeThreads free;

  private Workers(int calls, int parallelism, int spare) {
    this.calls = calls;
    this.free = new FreeThreads(parallelism - 1, spare);
  }

  /**
   * Threads for contexts that are derived from one another.
   *
   * @param parallelism the most threads that work at once for one caller, itself included
   */
  Workers(int parallelism) {
    this(parallelism, parallelism, 0);
  }

  /**
   * As many threads as keep calls in flight, though some of them wait to try again.
   *
   * @param calls the most calls of the model that are in flight at once; with 1 the caller works
   *     alone
   */
  static Workers forCalls(int calls) {
    int counted = Math.min(calls, MOST_THREADS);
    int half = counted / 2;
    return calls <= FEW_CALLS
        ? new Workers(calls, counted + half, 0)
        : new Workers(calls, counted, half);
  }

  /** The most calls of the model that are in flight at once, whatever the number of threads. */
  public int calls() {
    return calls;
  }

  /**
   * Applies a function to every item, on several threads, with the current context bound. Items are
   * begun in order. When it returns or throws, none of its work goes on; but work that ignores an
   * interrupt for two seconds is left behind on its daemon thread. After a failure, items that were
   * not begun are left out; an interrupt of the caller is passed on to the work under way.
   *
   * @return the results in the order of the items
   * @throws RuntimeException the exception of the first item, in order, whose function threw one;
   *     the same one with any number of threads
   * @throws dev.hone.lm.LmException.Interrupted if the calling thread was interrupted
   */
  public <T, R> List<R> map(List<T> items, Function<? super T, ? extends R> function) {
    return mapped(items, Integer.MAX_VALUE, false, function);
  }

  /**
   * Applies a function to every item, like the other one, on a limited number of threads.
   *
   * @param mostAtOnce the most items under way at once, at least 1; with 1 the caller works alone
   */
  public <T, R> List<R> map(
      List<T> items, int mostAtOnce, Function<? super T, ? extends R> function) {
    return mapped(items, mostAtOnce, false, function);
  }

  /**
   * Applies a function to every item, like the other one, while the caller only waits: so it comes
   * back after an interrupt within two seconds, even if the work ignores the interrupt. The thread
   * in its place is none of those that are shared.
   *
   * @param mostAtOnce the most items under way at once, at least 1
   */
  public <T, R> List<R> mapApart(
      List<T> items, int mostAtOnce, Function<? super T, ? extends R> function) {
    return mapped(items, mostAtOnce, true, function);
  }

  /**
   * Applies a function to the items of an iterator, of any number, and hands on the results in the
   * order of the items; as {@link #mapApart} in threads, interrupts and failures. Takes constant
   * memory: at most a window of items is taken whose results are not handed on. After a failure the
   * results of the items before it are handed on.
   *
   * @param items asked for the next item by one thread at a time
   * @param mostAtOnce the most items under way at once, at least 1
   * @param window the most items that are taken and not handed on, at least 1
   * @param results takes the results, by one thread at a time
   */
  public <T, R> void streamApart(
      Iterator<? extends T> items,
      int mostAtOnce,
      int window,
      Function<? super T, ? extends R> function,
      Consumer<? super R> results) {
    UnaryOperator<Runnable> carrier = Context.current().wrapper();
    OrderedWork.<T, R>streaming(items, window, function, results, free, carrier)
        .atMost(mostAtOnce)
        .apart()
        .run();
  }

  private <T, R> List<R> mapped(
      List<T> items, int mostAtOnce, boolean apart, Function<? super T, ? extends R> function) {
    List<R> results = new ArrayList<>(items.size());
    UnaryOperator<Runnable> carrier = Context.current().wrapper();
    OrderedWork<T, R> work =
        OrderedWork.<T, R>of(new ArrayList<>(items), function, results::add, free, carrier)
            .atMost(mostAtOnce);
    (apart && !items.isEmpty() ? work.apart() : work).run();
    return results;
  }

  /** The threads that are idle. */
  int free() {
    return free.count();
  }
}
