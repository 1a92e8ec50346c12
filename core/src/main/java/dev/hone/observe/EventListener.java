package dev.hone.observe;

import java.util.Map;

/**
 * Is told what happens. Called on the thread on which it happens, so from several threads at once:
 * implementations must be thread-safe and quick. An exception thrown by a listener is logged and
 * never reaches the call that it watches.
 */
@FunctionalInterface
public interface EventListener {
  /**
   * Takes one event.
   *
   * @param event what happened
   * @param metadata the metadata of the context it happened in, such as tenant and request
   */
  void onEvent(Event event, Map<String, String> metadata);
}
