package dev.hone.observe;

import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows how far a run is, to people who wait for it: an evaluation, an optimizer, any run whose
 * events have a headline. On a terminal it is one line that changes, elsewhere a line per step;
 * both begin with the seconds since the start and fit 50 columns. Thread-safe; never throws.
 *
 * <pre>{@code
 * Context context = Context.builder().lm(model).listener(Progress.console()).build();
 * }</pre>
 */
public final class Progress implements EventListener {
  private static final int WIDTH = 50;
  private static final long REDRAW_NANOS = TimeUnit.MILLISECONDS.toNanos(80);

  private final PrintStream out;
  private final boolean terminal;
  private final LongSupplier nanoTime;
  private final long startNanos;
  private String step = "";
  private String count = "";
  private long drawnNanos;

  Progress(PrintStream out, boolean terminal, LongSupplier nanoTime) {
    this.out = out;
    this.terminal = terminal;
    this.nanoTime = nanoTime;
    this.startNanos = nanoTime.getAsLong();
    this.drawnNanos = startNanos - REDRAW_NANOS;
  }

  /** Progress on standard error. What the program prints next on a terminal replaces the line. */
  public static Progress console() {
    return new Progress(System.err, isTerminal(System.console()), System::nanoTime);
  }

  /** Progress on a stream that is no terminal, such as a log: a line per step. */
  public static Progress to(PrintStream out) {
    return new Progress(out, false, System::nanoTime);
  }

  /** Before Java 22 a console is there for a terminal only; since then it has to be asked. */
  private static boolean isTerminal(java.io.@Nullable Console console) {
    try {
      return console != null
          && (boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  @Override
  public void onEvent(Event event, Map<String, String> metadata) {
    try {
      event.headline().ifPresent(text -> show(text, event.isCount()));
    } catch (RuntimeException e) {
      // An event that cannot say what it is costs a line, and never the run.
    }
  }

  private synchronized void show(String text, boolean isCount) {
    if (isCount) {
      count = text;
    } else {
      step = text;
      count = "";
    }
    if (terminal && (!isCount || nanoTime.getAsLong() - drawnNanos >= REDRAW_NANOS)) {
      draw();
    } else if (!terminal && !isCount) {
      out.println(line());
      out.flush();
    }
  }

  private void draw() {
    drawnNanos = nanoTime.getAsLong();
    String line = line();
    out.print("\r" + line + " ".repeat(WIDTH - TerminalText.columns(line)) + "\r");
    out.flush();
  }

  /** The seconds, the step and the count; where that is too long, the step is cut. */
  private String line() {
    long seconds = TimeUnit.NANOSECONDS.toSeconds(nanoTime.getAsLong() - startNanos);
    String head = "[" + seconds + " s] ";
    String tail = count.isEmpty() ? "" : (step.isEmpty() ? "" : ", ") + TerminalText.oneLine(count);
    int room = Math.max(1, WIDTH - TerminalText.columns(head + tail));
    return TerminalText.cut(
        head + TerminalText.cut(TerminalText.oneLine(step), room) + tail, WIDTH);
  }
}
