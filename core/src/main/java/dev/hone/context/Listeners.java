package dev.hone.context;

import dev.hone.observe.Event;
import dev.hone.observe.EventListener;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Those who are told of events; one that throws is logged, with its stack trace the first time and
 * at debug level after that, and harms nobody.
 */
record Listeners(List<Entry> list) {
  private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

  /**
   * One listener; the contexts made from the one it was added to share it.
   *
   * @param listener who is told
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

  void tell(Event event, Map<String, String> metadata) {
    for (Entry entry : list) {
      try {
        entry.listener().onEvent(event, metadata);
      } catch (RuntimeException e) {
        log(entry, event.getClass().getSimpleName(), e);
      }
    }
  }

  private static void log(Entry entry, String event, RuntimeException error) {
    if (entry.failed().compareAndSet(false, true)) {
      LOG.warn(
          "A listener failed on {}; if it fails again, only the level debug tells", event, error);
    } else {
      LOG.debug("A listener failed again, on {}: {}", event, error.toString());
    }
  }
}
