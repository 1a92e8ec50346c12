package dev.hone.cli.demo;

import dev.hone.observe.Event;

/** What happens during the demo. */
sealed interface DemoEvent extends Event {
  /** A program is about to be found. */
  record Measuring(String name) implements DemoEvent {}

  /** The program is about to be tested. */
  record Testing() implements DemoEvent {}
}
