package dev.hone.cli.frame;

import java.io.Console;

/** Whether people watch standard error. */
public final class Terminal {
  /** Java cannot ask for standard error alone; the script {@code hone} can, and says it here. */
  private static final String PROPERTY = "hone.terminal";

  private Terminal() {}

  /**
   * Whether standard error is a terminal; without the script, whether standard input and output
   * are. Before Java 22 a console exists only then; since then it has to be asked.
   */
  @SuppressWarnings("SystemConsoleNull") // it is null before Java 22, and asked after
  public static boolean isInteractive() {
    String given = System.getProperty(PROPERTY);
    if (given != null) {
      return Boolean.parseBoolean(given);
    }
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
