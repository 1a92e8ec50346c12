package dev.hone.history;

import dev.hone.context.LmEvent;
import dev.hone.observe.Event;
import dev.hone.observe.EventListener;
import dev.hone.text.Excerpt;
import dev.hone.text.Redaction;
import dev.hone.tool.ToolEvent;
import java.io.PrintStream;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;

/**
 * Prints what happens while it happens, a line each, with its time (UTC): runs and stages of
 * optimizers with what they gave, trials with their scores and configurations, candidates,
 * proposals, evaluations; with {@link #withCalls()} each call of a model, too. For a line that
 * tells how far a run is there is {@link dev.hone.observe.Progress}, for whole prompts and replies
 * {@link History}. Thread-safe; prints no credentials.
 *
 * <pre>{@code
 * Context context = Context.builder().lm(model).listener(Verbose.console()).build();
 * }</pre>
 */
public final class Verbose implements EventListener {
  private static final int WIDTH = 500;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

  private final PrintStream out;
  private final boolean calls;

  private Verbose(PrintStream out, boolean calls) {
    this.out = out;
    this.calls = calls;
  }

  /** Prints to standard error, without calls. */
  public static Verbose console() {
    return to(System.err);
  }

  /** Prints to a stream, without calls. */
  public static Verbose to(PrintStream out) {
    return new Verbose(out, false);
  }

  /** A copy that prints calls of models, too, when they end, and those of tools. */
  public Verbose withCalls() {
    return new Verbose(out, true);
  }

  @Override
  public void onEvent(Event event, Map<String, String> metadata) {
    Optional<String> line =
        event instanceof LmEvent call ? call.accept(new CallLine()) : event.logLine();
    line.filter(text -> calls || !(event instanceof ToolEvent))
        .ifPresent(text -> print(event, text));
  }

  private void print(Event event, String text) {
    String line = Excerpt.ofLine(Redaction.of(text), WIDTH);
    synchronized (out) {
      out.println(TIME.format(event.stamp().time()) + " " + line);
      out.flush();
    }
  }

  /** The line of a call. */
  private final class CallLine implements LmEvent.Visitor<Optional<String>> {
    @Override
    public Optional<String> otherwise(LmEvent event) {
      return Optional.empty();
    }

    @Override
    public Optional<String> visit(LmEvent.CallAnswered event) {
      return calls
          ? Optional.of("call " + RecordedCall.of(event, "", Map.of(), WIDTH).summary())
          : Optional.empty();
    }

    @Override
    public Optional<String> visit(LmEvent.CallFailed event) {
      return calls
          ? Optional.of("call " + RecordedCall.of(event, "", Map.of(), WIDTH).summary())
          : Optional.empty();
    }

    @Override
    public Optional<String> visit(LmEvent.OutageWait event) {
      return event.logLine();
    }
  }
}
