package dev.hone.cli.demo;

import dev.hone.cli.frame.TextLines;
import dev.hone.context.LmEvent;
import dev.hone.observe.Event;
import dev.hone.observe.EventListener;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Shows what is going on: on a terminal one line that changes, elsewhere a line per step, each with
 * the seconds since the start, and where there is room with the program at hand and the calls so
 * far for finding or testing it. But for messages of others, lines fit a terminal of 50 columns.
 * Thread-safe.
 */
final class Progress implements EventListener {
  /** One less than a narrow terminal of 50 columns has, so that it never breaks the line. */
  private static final int WIDTH = 49;

  private static final int LONGEST = 500;
  private static final long REDRAW_NANOS = TimeUnit.MILLISECONDS.toNanos(80);
  private static final long COMPLAINT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final PrintWriter out;
  private final boolean terminal;
  private final Narration narration = new Narration();
  private final Failures failures = new Failures(Demo.RETRY);
  private final long startNanos = System.nanoTime();
  private String what = "";
  private String step = "";
  private long calls;
  private long drawnNanos = startNanos - REDRAW_NANOS;
  private long complainedNanos = startNanos - COMPLAINT_NANOS;

  Progress(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  @Override
  public synchronized void onEvent(Event event, Map<String, String> metadata) {
    if (event instanceof DemoEvent.Measuring measuring) {
      what = measuring.name();
      calls = 0;
      say(terminal ? "" : what);
    } else if (event instanceof DemoEvent.Testing || event instanceof DemoEvent.Reloaded) {
      calls = 0;
    } else if (event instanceof LmEvent.CallAnswered answered && !answered.response().cached()) {
      calls++;
      redraw();
    }
    narration.of(event).ifPresent(this::say);
    failures.of(event).ifPresent(this::complain);
  }

  private void say(String text) {
    step = text;
    show(text);
  }

  private void show(String text) {
    if (terminal) {
      draw(text);
    } else {
      out.println(line(text));
      out.flush();
    }
  }

  /** Calls in flight fail together, so one a second is shown; the step goes on. */
  private void complain(String text) {
    long nanos = System.nanoTime();
    if (nanos - complainedNanos >= COMPLAINT_NANOS) {
      complainedNanos = nanos;
      show(text);
    }
  }

  private String line(String phrase) {
    String text = TextLines.cut(phrase, LONGEST);
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNanos);
    String head = "[%d s] ".formatted(seconds);
    String tail =
        calls == 0
            ? ""
            : calls == 1 ? "; 1 call" : String.format(Locale.ROOT, "; %,d calls", calls);
    String full = what.isEmpty() || text.isEmpty() ? what + text : what + ": " + text;
    return (terminal ? Stream.of(full + tail, text + tail, text) : Stream.of(text + tail, text))
        .map(body -> head + body)
        .filter(line -> line.length() <= WIDTH)
        .findFirst()
        .orElseGet(() -> terminal ? TextLines.cut(head + text, WIDTH) : head + text);
  }

  private void redraw() {
    if (terminal && System.nanoTime() - drawnNanos > REDRAW_NANOS) {
      draw(step);
    }
  }

  private void draw(String text) {
    drawnNanos = System.nanoTime();
    String line = line(text);
    out.print("\r" + line + " ".repeat(Math.max(0, WIDTH - line.length())) + "\r");
    out.flush();
  }

  /** Clears the line, so that what comes next begins on a clean one. */
  synchronized void close() {
    if (terminal) {
      out.print("\r" + " ".repeat(WIDTH) + "\r");
      out.flush();
    }
  }
}
