package dev.hone.cli.demo;

import java.io.Console;

/** Whether people are watching. */
final class Terminal {
  private Terminal() {}

  /**
   * Whether standard input and output are a terminal. Before Java 22 a console exists only then;
   * since then it has to be asked.
   */
  @SuppressWarnings("SystemConsoleNull") // it is null before Java 22, and asked after
  static boolean isInteractive() {
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
