package dev.hone.replay;

import java.util.function.Supplier;

/**
 * Which piece of work makes a call, in words that are the same each time that the run is made, on
 * any number of threads: two equal requests of two examples are two calls, and each gets its own
 * reply again. Immutable.
 */
public final class CallPlace {
  /** The run as a whole. */
  public static final CallPlace RUN = new CallPlace(() -> "");

  private final Supplier<String> name;

  private CallPlace(Supplier<String> name) {
    this.name = name;
  }

  /** A place whose name is only made where calls are recorded, the same each time. */
  public static CallPlace of(Supplier<String> name) {
    return new CallPlace(name);
  }

  /** The piece of work; empty for the run as a whole. */
  public String name() {
    return name.get();
  }

  @Override
  public String toString() {
    return "CallPlace[" + name() + "]";
  }
}
