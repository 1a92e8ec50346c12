package dev.hone.benchmarks.realserver;

import java.util.Locale;
import java.util.function.Supplier;

/**
 * One thing that was tried.
 *
 * @param what what was tried
 * @param held whether it went as it must
 * @param seen what was seen
 */
record Check(String what, boolean held, String seen) {
  private static final int MOST_CHARACTERS = 160;

  /** Something to be tried; what it throws is a failed check. */
  interface Trial {
    /** Tries it. */
    Check run(String what) throws Exception;
  }

  /** Something to be tried when it is asked for. */
  static Supplier<Check> later(String what, Trial trial) {
    return () -> of(what, trial);
  }

  /** Tries something, and says how long it took. */
  static Check of(String what, Trial trial) {
    long start = System.nanoTime();
    Check found;
    try {
      found = trial.run(what);
    } catch (Exception e) {
      found = new Check(what, false, e.getClass().getSimpleName() + ": " + e.getMessage());
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    String timed = "%s (%.1f s)".formatted(oneLine(found.seen()), seconds);
    Check check = new Check(what, found.held(), timed);
    System.out.println(check.row());
    return check;
  }

  /** A text as a cell of a table. */
  static String oneLine(String text) {
    String line = text.strip().replaceAll("\\s+", " ").replace("|", "\\|");
    return line.length() <= MOST_CHARACTERS ? line : line.substring(0, MOST_CHARACTERS) + "…";
  }

  /** As a row of a table in Markdown. */
  String row() {
    return String.format(Locale.ROOT, "| %s | %s | %s |", what, held ? "holds" : "**no**", seen);
  }
}
