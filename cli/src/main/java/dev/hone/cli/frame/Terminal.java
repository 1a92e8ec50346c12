package dev.hone.cli.frame;

import java.io.ByteArrayOutputStream;
import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Whether people watch standard error, and whether they can answer. */
public final class Terminal {
  /** Java cannot ask for standard error alone; the script {@code hone} can, and says it here. */
  private static final String PROPERTY = "hone.terminal";

  /** The same for standard input. */
  private static final String INPUT = "hone.input";

  /** The same for standard output. */
  private static final String OUTPUT = "hone.output";

  /** What texts take where nobody says how wide a line is. */
  private static final int WIDE = 100;

  /** What every terminal has. */
  private static final int NARROW = 50;

  private Terminal() {}

  /**
   * Whether standard error is a terminal; without the script, whether standard input and output
   * are. Before Java 22 a console exists only then; since then it has to be asked.
   */
  public static boolean isInteractive() {
    if ("dumb".equals(System.getenv("TERM"))) {
      return false; // it cannot go back to the beginning of a line
    }
    String given = System.getProperty(PROPERTY);
    if (given != null) {
      return Boolean.parseBoolean(given);
    }
    return isConsole();
  }

  /** Whether a question on standard error can be answered on standard input. */
  public static boolean canAsk() {
    String given = System.getProperty(INPUT);
    return given == null ? isConsole() : Boolean.parseBoolean(given) && isInteractive();
  }

  /**
   * The next line that is typed on standard input; empty at the end. No more is read than the line,
   * so that the rest is there for the next question, and for what reads standard input otherwise.
   */
  public static Optional<String> answer() {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try {
      int next = System.in.read();
      if (next < 0) {
        return Optional.empty();
      }
      for (; next >= 0 && next != '\n'; next = System.in.read()) {
        line.write(next);
      }
      String text = line.toString(Charset.defaultCharset());
      return Optional.of(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether standard output is a terminal that can do more than write line after line. */
  public static boolean isOutput() {
    String given = System.getProperty(OUTPUT);
    boolean terminal = given == null ? isConsole() : Boolean.parseBoolean(given);
    return terminal && !"dumb".equals(System.getenv("TERM"));
  }

  /**
   * The columns for texts on standard output: as {@link #columns} where it is a terminal; elsewhere
   * by the environment variable {@code COLUMNS}, else {@value #WIDE}.
   */
  public static int outputColumns() {
    return isOutput() ? columns() : positive(System.getenv("COLUMNS")).orElse(WIDE);
  }

  @SuppressWarnings("SystemConsoleNull") // it is null before Java 22, and asked after
  private static boolean isConsole() {
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

  /**
   * The columns of the terminal: by the environment variable {@code COLUMNS}, else as {@code stty}
   * says; {@value #NARROW} where neither does, so that nothing wraps. A later change of the window
   * is not noticed.
   */
  public static int columns() {
    return positive(System.getenv("COLUMNS")).orElseGet(() -> asked().orElse(NARROW));
  }

  private static OptionalInt positive(@Nullable String number) {
    return number != null && number.matches("[1-9][0-9]{0,4}")
        ? OptionalInt.of(Integer.parseInt(number))
        : OptionalInt.empty();
  }

  /** What the terminal itself says: {@code 24 80}. */
  private static OptionalInt asked() {
    File terminal = new File("/dev/tty");
    if (!terminal.exists()) {
      return OptionalInt.empty();
    }
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(terminal)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String said = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return positive(said.strip().replaceFirst("^\\d+ ", ""));
    } catch (IOException e) {
      return OptionalInt.empty();
    }
  }
}
