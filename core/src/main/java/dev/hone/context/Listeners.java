package dev.hone.context;

import dev.hone.observe.Event;
import dev.hone.observe.EventListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Those who are notified of events. Whatever one throws (checked exceptions that were thrown past
 * the compiler and errors included) is logged, with its stack trace the first time and at debug
 * level after that, and affects no call.
 */
record Listeners(List<Entry> list) {
  static final Listeners NONE = new Listeners(List.of());

  private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

  /**
   * One listener; the contexts made from the one it was added to share it.
   *
   * @param listener who is notified
   * @param failed whether it has thrown
   */
  record Entry(EventListener listener, AtomicBoolean failed) {
    Entry(EventListener listener) {
      this(Objects.requireNonNull(listener, "listener"), new AtomicBoolean());
    }
  }

  Listeners {
    list = List.copyOf(list);
  }

  /** Those to a call of a context's model by the code that is running now. */
  static Listeners toCall(Context context) {
    ContextParts parts = context.parts();
    return parts.listeners.with(parts.followers).with(Context.current().parts().followers);
  }

  boolean isEmpty() {
    return list.isEmpty();
  }

  /** Whether any of them observes more than calls, unlike a {@link CallListener}. */
  boolean observeMore() {
    for (Entry entry : list) {
      if (!(entry.listener() instanceof CallListener)) {
        return true;
      }
    }
    return false;
  }

  Listeners with(EventListener listener) {
    List<Entry> longer = new ArrayList<>(list);
    longer.add(new Entry(listener));
    return new Listeners(longer);
  }

  Listeners without(EventListener listener) {
    return new Listeners(
        list.stream().filter(entry -> !entry.listener().equals(listener)).toList());
  }

  /** Whether all of the others are among these. */
  boolean hold(Listeners others) {
    for (Entry entry : others.list) {
      if (!holds(entry)) {
        return false;
      }
    }
    return true;
  }

  private boolean holds(Entry entry) {
    for (Entry known : list) {
      if (known.listener() == entry.listener()) {
        return true;
      }
    }
    return false;
  }

  /** These, and those of the others that are not among them. */
  Listeners with(Listeners others) {
    if (hold(others)) {
      return this;
    }
    List<Entry> longer = new ArrayList<>(list);
    others.list.stream().filter(entry -> !holds(entry)).forEach(longer::add);
    return new Listeners(longer);
  }

  /**
   * What one of them has current on one thread, for others.
   *
   * @param of whose it is
   * @param scope makes it current on the thread that asks
   */
  record Carried(Entry of, Supplier<? extends AutoCloseable> scope) {
    /** Code that runs within it. */
    <R extends @Nullable Object, X extends Exception> ContextCall<R, X> around(
        ContextCall<R, X> code) {
      return () -> {
        AutoCloseable open = open();
        try {
          return code.run();
        } finally {
          close(open);
        }
      };
    }

    private AutoCloseable open() {
      try {
        return scope.get();
      } catch (Throwable e) {
        passOver(of, "another thread", e);
        return () -> {};
      }
    }

    private void close(AutoCloseable open) {
      try {
        open.close();
      } catch (Throwable e) {
        passOver(of, "the end on another thread", e);
      }
    }
  }

  /** What they have current on this thread. */
  List<Carried> carried() {
    List<Carried> carried = new ArrayList<>();
    for (Entry entry : list) {
      try {
        carried.add(new Carried(entry, entry.listener().carried()));
      } catch (Throwable e) {
        passOver(entry, "the way to another thread", e);
      }
    }
    return carried;
  }

  void tell(Event event, Map<String, String> metadata) {
    for (Entry entry : list) {
      try {
        entry.listener().onEvent(event, metadata);
      } catch (Throwable e) {
        passOver(entry, event, e);
      }
    }
  }

  private static void passOver(Entry entry, Object on, Throwable error) {
    if (error instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    try {
      log(entry, on instanceof Event ? on.getClass().getSimpleName() : on, error);
    } catch (Throwable noRoomToLog) {
      // Where memory or stack are used up, logging fails too; the work that is watched goes on.
      entry.failed().set(true);
    }
  }

  private static void log(Entry entry, Object on, Throwable error) {
    if (entry.failed().compareAndSet(false, true)) {
      LOG.warn("A listener failed on {}; further failures are logged at debug level", on, error);
    } else {
      LOG.debug("A listener failed again, on {}: {}", on, error.toString());
    }
  }
}
