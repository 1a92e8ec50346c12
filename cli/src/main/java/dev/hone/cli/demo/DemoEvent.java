package dev.hone.cli.demo;

import dev.hone.observe.Event;
import dev.hone.observe.EventStamp;

/** What happens during the demo. */
sealed interface DemoEvent extends Event {
  /** A remote model is asked whether it is there. */
  record Probing(EventStamp stamp, String modelId) implements DemoEvent {}

  /** A program is about to be found. */
  record Measuring(EventStamp stamp, String name) implements DemoEvent {}

  /** A program is about to be tested. */
  record Testing(EventStamp stamp, int examples) implements DemoEvent {}

  /** The program was saved and loaded, and is about to be tested again. */
  record Reloaded(EventStamp stamp) implements DemoEvent {}
}
