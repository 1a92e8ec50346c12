package dev.hone.cli.progress;

import dev.hone.cli.frame.OutputOptions;
import dev.hone.cli.frame.Terminal;
import dev.hone.cli.frame.TextLines;
import dev.hone.lm.batch.BatchNotice;
import dev.hone.observe.Event;
import dev.hone.observe.EventListener;
import dev.hone.optimize.OptimizationPlan;
import dev.hone.pipeline.RetrySettings;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Shows how far a command is, on standard error. On a terminal it is one line that changes: the
 * stage, a bar where it is known how much there is to do, the score so far, calls, time left and
 * cost. It is never wider than the terminal, and gone when this is closed. Elsewhere it is a line a
 * step, each with the seconds since the start; with {@code --quiet} it is nothing. Listens to the
 * events of evaluations, optimizers and batches, and to waits for a model. Thread-safe.
 *
 * <pre>{@code
 * try (Progress progress = Progress.of(output)) {
 *   Context context = Context.builder().lm(model).listener(progress).build();
 *   progress.stage("before, on the test rows");
 *   context.call(() -> evaluator.evaluate(program));
 * }
 * }</pre>
 */
public final class Progress implements EventListener, BatchNotice.Listener, AutoCloseable {
  private static final long REDRAW_NANOS = TimeUnit.MILLISECONDS.toNanos(80);
  private static final long PLAIN_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long COMPLAINT_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int LONGEST = 500;
  private static final Set<Progress> SHOWN = ConcurrentHashMap.newKeySet();

  /** Where it is shown. */
  enum Mode {
    BAR,
    LINES,
    NOTHING
  }

  private final PrintWriter out;
  private final Mode mode;
  private final int columns;
  private final LongSupplier nanoTime;
  private final Tally tally;
  private final RetryPhrases retries = new RetryPhrases(RetrySettings.defaults());
  private final Ticker ticker;
  private final long startNanos;
  private long drawnNanos;
  private long complainedNanos;
  private String drawn = "";
  private boolean hidden;
  private Runnable giveBack = () -> {};

  Progress(PrintWriter out, Mode mode, int columns, LongSupplier nanoTime) {
    this.out = out;
    this.mode = mode;
    this.columns = Math.max(1, columns - 1); // a full line would move the cursor to the next one
    this.nanoTime = nanoTime;
    this.startNanos = nanoTime.getAsLong();
    this.drawnNanos = startNanos - REDRAW_NANOS;
    this.complainedNanos = startNanos - COMPLAINT_NANOS;
    this.tally = new Tally(startNanos);
    this.ticker = new Ticker(this::redraw);
  }

  /** The progress of a command with these options. */
  public static Progress of(OutputOptions output) {
    Mode mode = output.quiet() ? Mode.NOTHING : Terminal.isInteractive() ? Mode.BAR : Mode.LINES;
    int columns = mode == Mode.BAR ? Terminal.columns() : 0;
    Progress progress = new Progress(output.err(), mode, columns, System::nanoTime);
    if (mode == Mode.BAR) {
      SHOWN.add(progress);
      progress.takeStandardError();
      progress.ticker.start();
    }
    return progress;
  }

  /** Progress that nobody sees. */
  public static Progress silent() {
    return new Progress(new PrintWriter(Writer.nullWriter()), Mode.NOTHING, 0, System::nanoTime);
  }

  private void takeStandardError() {
    PrintStream before = System.err;
    PrintStream above = AboveBar.of(before, this::clear);
    System.setErr(above);
    giveBack =
        () -> {
          if (System.err == above) {
            System.setErr(before);
          }
        };
  }

  /** Takes all bars off the terminal for good, such as after Ctrl-C; what is said still is. */
  public static void hideAll() {
    SHOWN.forEach(Progress::hide);
  }

  /** A stage begins, of which it is not known yet how much there is to do. */
  public void stage(String name) {
    stage(name, OptionalLong.empty());
  }

  /** A stage begins that has so much to do; {@link #advance} and events count it. */
  public void stage(String name, long total) {
    stage(name, OptionalLong.of(total));
  }

  private synchronized void stage(String name, OptionalLong total) {
    endOfStage();
    tally.begin(name, total, nanoTime.getAsLong());
    step(name);
  }

  /** One more of the stage's items is done, where no event says so. */
  public synchronized void advance() {
    tally.stage().advance();
    redrawSoon();
  }

  /** The stages of an optimizer will cost at most this, so that their share can be shown. */
  public synchronized void expect(OptimizationPlan plan) {
    tally.expect(plan);
  }

  /** Says something that stays, above the bar; with {@code --quiet} nothing. */
  public synchronized void say(String line) {
    if (mode != Mode.NOTHING) {
      clear();
      out.println(line);
      out.flush();
      redraw();
    }
  }

  @Override
  public synchronized void onEvent(Event event, Map<String, String> metadata) {
    boolean stageBefore = tally.isStageEnd(event);
    if (stageBefore) {
      endOfStage();
    }
    tally.take(event, nanoTime.getAsLong());
    EventPhrases.of(event).ifPresent(this::step);
    retries.of(event).ifPresent(this::complain);
    if (tally.isCount(event)) {
      redrawSoon();
    }
  }

  /** What there is to say of a batch at a provider: on a terminal until there is more to say. */
  @Override
  public synchronized void onBatch(BatchNotice notice) {
    long nanos = nanoTime.getAsLong();
    String text = BatchPhrases.of(notice);
    tally.notice(new RetryPhrases.Notice(text, notice.nextLook().plusSeconds(2)), nanos);
    boolean news = notice.kind() != BatchNotice.Kind.WAITING;
    if (news || mode == Mode.BAR || nanos - drawnNanos >= PLAIN_NANOS) {
      step(text);
    }
  }

  /** A new step: a line where there is no bar. */
  private void step(String phrase) {
    if (mode == Mode.LINES) {
      line(phrase);
    } else {
      redraw();
    }
  }

  /** Calls in flight fail together, so one a second is shown. */
  private void complain(RetryPhrases.Notice notice) {
    long nanos = nanoTime.getAsLong();
    if (nanos - complainedNanos < COMPLAINT_NANOS) {
      return;
    }
    complainedNanos = nanos;
    tally.notice(notice, nanos);
    step(notice.text());
  }

  /** Where lines are printed, a stage that counted something says what it came to. */
  private void endOfStage() {
    if (mode == Mode.LINES && !tally.stage().count().isEmpty()) {
      line(tally.counts());
    }
  }

  private void line(String text) {
    drawnNanos = nanoTime.getAsLong();
    long seconds = TimeUnit.NANOSECONDS.toSeconds(drawnNanos - startNanos);
    out.println("[%d s] %s".formatted(seconds, TextLines.cut(text, LONGEST)));
    out.flush();
  }

  private void redrawSoon() {
    long since = nanoTime.getAsLong() - drawnNanos;
    if (mode == Mode.BAR && since >= REDRAW_NANOS) {
      redraw();
    } else if (mode == Mode.LINES && since >= PLAIN_NANOS && !tally.counts().isEmpty()) {
      line(tally.stage().name() + ": " + tally.counts());
    }
  }

  private synchronized void redraw() {
    if (mode != Mode.BAR || hidden) {
      return;
    }
    drawnNanos = nanoTime.getAsLong();
    String line = tally.line(drawnNanos).in(columns);
    int rest = Math.max(0, TextLines.columns(drawn) - TextLines.columns(line));
    out.print("\r" + line + " ".repeat(rest) + "\r");
    out.flush();
    drawn = line;
  }

  private synchronized void clear() {
    if (!drawn.isEmpty()) {
      out.print("\r" + " ".repeat(TextLines.columns(drawn)) + "\r");
      out.flush();
      drawn = "";
    }
  }

  /** Takes the bar off the terminal for good. */
  synchronized void hide() {
    clear();
    hidden = true;
  }

  /** Ends it; nothing of the bar is left. */
  @Override
  public void close() {
    ticker.close();
    SHOWN.remove(this);
    giveBack.run();
    synchronized (this) {
      if (!hidden) {
        endOfStage();
      }
      hide();
    }
  }
}
