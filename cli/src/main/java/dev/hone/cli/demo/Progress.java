package dev.hone.cli.demo;

import dev.hone.cli.TextLines;
import dev.hone.context.LmEvent;
import dev.hone.observe.Event;
import dev.hone.observe.EventListener;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Shows what is going on: on a terminal one line that changes, elsewhere a line per step. With it
 * come the seconds since the start, and the calls for finding or testing the program at hand.
 * Thread-safe.
 */
final class Progress implements EventListener {
  /** One less than a terminal of 80 columns has, so that it never breaks the line. */
  private static final int WIDTH = 79;

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
      say("");
    } else if (event instanceof DemoEvent.Testing) {
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

  /** Calls in flight fail together, so one a second is told; the step goes on. */
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
    String tail = calls == 0 ? "" : " (%,d call%s)".formatted(calls, calls == 1 ? "" : "s");
    String full = what.isEmpty() || text.isEmpty() ? what + text : what + ": " + text;
    if (!terminal) {
      return head + full + tail;
    }
    return Stream.of(head + full + tail, head + text + tail)
        .filter(line -> line.length() <= WIDTH)
        .findFirst()
        .orElseGet(() -> TextLines.cut(head + text, WIDTH));
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
