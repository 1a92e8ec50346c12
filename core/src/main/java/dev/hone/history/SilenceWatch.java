package dev.hone.history;

import dev.hone.InvalidInputException;
import dev.hone.context.CallListener;
import dev.hone.context.LmEvent;
import dev.hone.observe.Event;
import dev.hone.text.Plural;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Says what a run is waiting for that has been silent for a while: which calls of which model have
 * been under way since when, and whether they were sent, wait to be sent, or wait to be tried again
 * and why. One line, and another one after as long a silence. Says nothing while calls start and
 * end, nor while none is under way. Thread-safe; a thread of its own looks, from the first call
 * until {@link #close()}.
 *
 * <pre>{@code
 * try (SilenceWatch watch = SilenceWatch.console()) {
 *   Context context = Context.builder().lm(model).listener(watch).build();
 * }
 * }</pre>
 */
public final class SilenceWatch implements CallListener, AutoCloseable {
  private static final Duration SILENCE = Duration.ofSeconds(60);

  private final PrintStream out;
  private final Duration silence;
  private final LongSupplier nanoTime;
  private final Map<Long, Call> underWay = new ConcurrentHashMap<>();
  private final ReentrantLock starting = new ReentrantLock();
  private volatile long lastNanos;
  private volatile @Nullable ScheduledThreadPoolExecutor looking;
  private volatile boolean closed;

  SilenceWatch(PrintStream out, Duration silence, LongSupplier nanoTime) {
    this.out = out;
    this.silence = silence;
    this.nanoTime = nanoTime;
    lastNanos = nanoTime.getAsLong();
  }

  /** Where a call is on its way. */
  private enum Stage {
    NOT_SENT,
    SENT,
    TO_BE_TRIED_AGAIN
  }

  private record Call(String modelId, long sinceNanos, Stage stage, String why) {
    Call at(Stage next, String reason) {
      return new Call(modelId, sinceNanos, next, reason);
    }
  }

  /** Says it on standard error, after 60 seconds of silence. */
  public static SilenceWatch console() {
    return to(System.err, SILENCE);
  }

  /**
   * Says it on a stream.
   *
   * @param silence how long nothing happens before it is said, at least a second
   * @throws InvalidInputException if it is shorter
   */
  public static SilenceWatch to(PrintStream out, Duration silence) {
    if (silence.compareTo(Duration.ofSeconds(1)) < 0) {
      throw InvalidInputException.of("silence (" + silence + ") is under a second", "use PT60S");
    }
    return new SilenceWatch(out, silence, System::nanoTime);
  }

  @Override
  public void onEvent(Event event, Map<String, String> metadata) {
    if (event instanceof LmEvent call) {
      lastNanos = nanoTime.getAsLong();
      call.accept(new Tracking());
      startLooking();
    }
  }

  /** Notes where a call is; an attempt has its call's id as its parent. */
  private final class Tracking implements LmEvent.Visitor<Boolean> {
    @Override
    public Boolean otherwise(LmEvent event) {
      return false;
    }

    @Override
    public Boolean visit(LmEvent.CallStarted event) {
      underWay.put(event.stamp().id(), new Call(event.modelId(), lastNanos, Stage.NOT_SENT, ""));
      return true;
    }

    @Override
    public Boolean visit(LmEvent.AttemptStarted event) {
      return move(event, Stage.SENT, "");
    }

    @Override
    public Boolean visit(LmEvent.AttemptFailed event) {
      return move(event, Stage.TO_BE_TRIED_AGAIN, String.valueOf(event.error().getMessage()));
    }

    @Override
    public Boolean visit(LmEvent.CallAnswered event) {
      return underWay.remove(event.stamp().id()) != null;
    }

    @Override
    public Boolean visit(LmEvent.CallFailed event) {
      return underWay.remove(event.stamp().id()) != null;
    }

    private boolean move(LmEvent attempt, Stage stage, String why) {
      return underWay.computeIfPresent(
              attempt.stamp().parentId(), (id, call) -> call.at(stage, why))
          != null;
    }
  }

  private void startLooking() {
    if (looking == null && !closed) {
      starting.lock();
      try {
        if (looking == null && !closed) {
          looking = newLooking();
        }
      } finally {
        starting.unlock();
      }
    }
  }

  private ScheduledThreadPoolExecutor newLooking() {
    ScheduledThreadPoolExecutor threads =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work, "hone-silence-watch");
              thread.setDaemon(true);
              return thread;
            });
    long quarter = silence.toMillis() / 4;
    var unused =
        threads.scheduleWithFixedDelay(this::look, quarter, quarter, TimeUnit.MILLISECONDS);
    return threads;
  }

  /** Says what the run is waiting for, if it has been silent for long enough. */
  void look() {
    long now = nanoTime.getAsLong();
    if (now - lastNanos < silence.toNanos() || underWay.isEmpty()) {
      return;
    }
    lastNanos = now;
    Map<String, List<Call>> byModel = new TreeMap<>();
    for (Call call : underWay.values()) {
      byModel.computeIfAbsent(call.modelId(), id -> new ArrayList<>()).add(call);
    }
    byModel.forEach((modelId, calls) -> out.println(line(modelId, calls, now)));
    out.flush();
  }

  private static String line(String modelId, List<Call> calls, long now) {
    long oldest = calls.stream().mapToLong(Call::sinceNanos).min().orElse(now);
    StringBuilder line =
        new StringBuilder("Waiting for ")
            .append(Plural.of(calls.size(), "call"))
            .append(" of ")
            .append(modelId)
            .append(", the oldest for ")
            .append(TimeUnit.NANOSECONDS.toSeconds(now - oldest))
            .append(" s: ");
    List<String> stages = new ArrayList<>();
    add(stages, calls, Stage.SENT, "sent and not answered");
    add(stages, calls, Stage.NOT_SENT, "not sent yet (cache, or too many calls in flight)");
    add(stages, calls, Stage.TO_BE_TRIED_AGAIN, "to be tried again");
    line.append(String.join(", ", stages));
    calls.stream()
        .filter(call -> call.stage() == Stage.TO_BE_TRIED_AGAIN)
        .findFirst()
        .ifPresent(call -> line.append("; the last error: ").append(call.why()));
    return line.toString();
  }

  private static void add(List<String> stages, List<Call> calls, Stage stage, String words) {
    long count = calls.stream().filter(call -> call.stage() == stage).count();
    if (count > 0) {
      stages.add(count + " " + words);
    }
  }

  /** Stops looking; closing twice does nothing. */
  @Override
  public void close() {
    starting.lock();
    try {
      closed = true;
      if (looking != null) {
        looking.shutdownNow();
      }
    } finally {
      starting.unlock();
    }
  }
}
