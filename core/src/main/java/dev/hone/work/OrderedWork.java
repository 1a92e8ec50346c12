package dev.hone.work;

import dev.hone.lm.LmException;
import dev.hone.text.Plural;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One piece of work on many items: takes them in order, works on several at once, and hands on the
 * results in order, each by one thread at a time. Used once.
 *
 * <p>Results that come before those of earlier items wait; while a window of items is taken whose
 * results are not handed on, no more are taken. So the memory is that of a window, for any number
 * of items.
 *
 * <p>After a failure no more items are taken. All items before the one that failed were taken, and
 * are worked on: so what is handed on, and the failure that is reported, that of the first such
 * item, are the same on any number of threads. A failure of the iterator counts as that of the next
 * item, one of what takes the results as that of the item.
 *
 * <p>Every thread that takes an item first calls two more if there is work for them: so a thousand
 * are started quickly, none if the work is done before, and threads that become free elsewhere help
 * from the next item on. So does one that waits within an item, see {@link #replacedWhile}; once it
 * works again, a helper leaves after its item.
 *
 * <p>After an interrupt of the caller the work under way is interrupted, and waited for during a
 * grace period: two seconds, and half of that for each work around this one, so that the inner one
 * has ended before the outer one gives up. What goes on after that is left behind on its daemon
 * threads, and nothing of it is handed on.
 */
public final class OrderedWork<T, R> {
  private static final int CALLS_PER_ITEM = 2;
  private static final long GRACE_MILLIS = 2_000;

  /** The work whose code runs on a thread. */
  private static final ThreadLocal<@Nullable OrderedWork<?, ?>> AROUND = new ThreadLocal<>();

  private final ItemWindow<T, R> window;
  private final Function<? super T, ? extends R> function;
  private final UnaryOperator<Runnable> carrier;
  private final HelperThreads helpers;
  private final FreeThreads free;
  private final @Nullable OrderedWork<?, ?> around;
  private final int depth;
  private boolean apart;

  private OrderedWork(
      ItemWindow<T, R> window,
      Function<? super T, ? extends R> function,
      FreeThreads free,
      UnaryOperator<Runnable> carrier) {
    this.window = window;
    this.function = function;
    this.carrier = carrier;
    this.free = free;
    this.helpers = new HelperThreads(free);
    this.around = AROUND.get();
    this.depth = around == null ? 0 : around.depth + 1;
  }

  /**
   * Work that has not begun, on the items of a list.
   *
   * @param results takes the results in the order of the items, by one thread at a time
   * @param free the threads to help
   * @param carrier takes what the caller's thread knows to another thread
   */
  public static <T, R> OrderedWork<T, R> of(
      List<T> items,
      Function<? super T, ? extends R> function,
      Consumer<? super R> results,
      FreeThreads free,
      UnaryOperator<Runnable> carrier) {
    var window = new ItemWindow<T, R>(items.iterator(), results, Long.MAX_VALUE, items.size());
    return new OrderedWork<>(window, function, free, carrier);
  }

  /**
   * Work that has not begun, on the items of an iterator; as {@link #of}.
   *
   * @param items asked by one thread at a time
   * @param width the most items that are taken and whose results are not handed on
   */
  public static <T, R> OrderedWork<T, R> streaming(
      Iterator<? extends T> items,
      int width,
      Function<? super T, ? extends R> function,
      Consumer<? super R> results,
      FreeThreads free,
      UnaryOperator<Runnable> carrier) {
    var window = new ItemWindow<T, R>(items, results, width, Long.MAX_VALUE);
    return new OrderedWork<>(window, function, free, carrier);
  }

  /** Limits the items that are under way at once; to be called before it runs. */
  public OrderedWork<T, R> atMost(int items) {
    helpers.limit(items - 1);
    return this;
  }

  /**
   * Leaves all work to other threads, so that the caller, which only waits, comes back after an
   * interrupt even if the work ignores it. The thread in its place is taken from none of the free
   * ones. To be called before it runs.
   */
  public OrderedWork<T, R> apart() {
    apart = true;
    return this;
  }

  /**
   * Works on the calling thread, or on one in its place, and on those that help, and returns when
   * all have ended.
   *
   * @throws LmException.Interrupted if the caller was interrupted: before, or during the work, then
   *     after the grace period at the latest
   */
  public void run() {
    if (apart && Thread.currentThread().isInterrupted()) {
      throw new LmException.Interrupted("Interrupted before the work began", null);
    }
    if (!apart || !handOver()) {
      work();
    }
    awaitAll();
    Throwable failure = window.failure();
    if (failure != null) {
      throw OrderedWork.<RuntimeException>unchecked(failure);
    }
  }

  private boolean handOver() {
    try {
      WorkerThreads.execute(this::standIn);
      return true;
    } catch (RejectedExecutionException | OutOfMemoryError e) {
      // The machine has no more threads; the caller does the work.
      return false;
    }
  }

  private void standIn() {
    helpers.enterInPlaceOfCaller();
    try {
      carrier.apply(this::work).run();
    } catch (Throwable e) {
      // What binds the context failed, before any work: nobody else would end it.
      window.failed(0, e);
    } finally {
      helpers.leave();
    }
  }

  /** Something that waits. */
  @FunctionalInterface
  public interface Waiting {
    /** Waits. */
    void run() throws InterruptedException;
  }

  /**
   * Waits on a thread that works on an item, while a spare one, if there is any, works in its
   * place; on any other thread just waits.
   */
  public static void replacedWhile(Waiting waiting) throws InterruptedException {
    OrderedWork<?, ?> work = AROUND.get();
    if (work == null || !work.free.trySpare()) {
      waiting.run();
      return;
    }
    try {
      for (OrderedWork<?, ?> each = work; each != null; each = each.around) {
        each.callHelpers();
      }
      waiting.run();
    } finally {
      work.free.giveSpareBack();
    }
  }

  private void work() {
    work(() -> false);
  }

  private void work(BooleanSupplier isEnough) {
    OrderedWork<?, ?> before = AROUND.get();
    AROUND.set(this);
    try {
      for (var next = window.take(); next != null; next = window.take()) {
        work(next);
        if (isEnough.getAsBoolean()) {
          return;
        }
      }
    } finally {
      AROUND.set(before);
    }
  }

  private void work(ItemWindow.Taken<T> next) {
    try {
      if (window.isWanted(next)) {
        callHelpers();
        window.done(next.index(), function.apply(next.item()));
      }
    } catch (Throwable e) {
      window.failed(next.index(), e);
    } finally {
      window.end();
    }
  }

  private void callHelpers() {
    for (int i = 0; i < CALLS_PER_ITEM && helpers.call(window.itemsLeft()); i++) {
      try {
        WorkerThreads.execute(this::help);
      } catch (RejectedExecutionException | OutOfMemoryError e) {
        // The machine has no more threads; those that there are do the work.
        helpers.recall();
        return;
      }
    }
  }

  private void help() {
    if (helpers.enter()) {
      try {
        carrier.apply(() -> work(helpers::isTooMany)).run();
      } finally {
        helpers.leave();
      }
    }
  }

  private void awaitAll() {
    try {
      window.awaitEnd();
      helpers.dismiss();
    } catch (InterruptedException e) {
      window.stop();
      helpers.interrupt();
      int lost = helpers.leaveBehind(endsInTime());
      Thread.currentThread().interrupt();
      throw interrupted(e, lost);
    }
  }

  /** Waits for the grace period; another interrupt ends it. */
  private boolean endsInTime() {
    try {
      return window.endsWithin(TimeUnit.MILLISECONDS.toNanos(GRACE_MILLIS >> depth));
    } catch (InterruptedException e) {
      return false;
    }
  }

  /** What an item said of the interrupt says more than that there was one. */
  private LmException.Interrupted interrupted(InterruptedException cause, int lost) {
    LmException.Interrupted inner = window.interrupt();
    return inner != null
        ? inner
        : new LmException.Interrupted(
            lost == 0
                ? "Interrupted while waiting for other threads"
                : "Interrupted while waiting for other threads; %s did not end and %s left behind"
                    .formatted(Plural.of(lost, "thread"), lost == 1 ? "is" : "are"),
            cause);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> E unchecked(Throwable error) throws E {
    throw (E) error;
  }
}
