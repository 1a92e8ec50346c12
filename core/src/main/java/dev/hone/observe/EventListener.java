package dev.hone.observe;

import java.util.Map;
import java.util.function.Supplier;

/**
 * Is notified of what happens. Called on the thread on which it happens, so from several threads at
 * once: implementations must be thread-safe and quick. Whatever a listener throws, checked
 * exceptions and errors included, is logged and never reaches the work that it watches.
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

  /**
   * Takes what is current on this thread beside Hone's context, such as a tracer's span, to other
   * threads: what it returns is opened on each thread that does a part of the work, and closed
   * there when that part ends. Asked on the thread that hands work over. Default: nothing.
   */
  default Supplier<? extends AutoCloseable> carried() {
    return () -> () -> {};
  }
}
