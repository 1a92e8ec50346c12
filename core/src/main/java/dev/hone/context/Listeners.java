package dev.hone.context;

import dev.hone.observe.Event;
import dev.hone.observe.EventListener;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Those who are told of events; one that throws is logged, and harms nobody. */
record Listeners(List<EventListener> list) {
  private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

  Listeners {
    list = List.copyOf(list);
  }

  void tell(Event event, Map<String, String> metadata) {
    for (EventListener listener : list) {
      try {
        listener.onEvent(event, metadata);
      } catch (RuntimeException e) {
        LOG.warn("A listener failed on {}", event.getClass().getSimpleName(), e);
      }
    }
  }
}
