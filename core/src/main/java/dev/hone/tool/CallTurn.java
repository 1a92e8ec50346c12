package dev.hone.tool;

import dev.hone.coerce.TypeMismatchException;
import dev.hone.context.Context;
import dev.hone.lm.LmException;
import dev.hone.lm.MessagePart;
import dev.hone.lm.MessagePart.ToolCall;
import dev.hone.tool.ToolOutcome.Status;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The calls of one turn: those that can be made are started, watched and cancelled by the thread of
 * the agent, which itself runs none of them. Used once, on one thread.
 */
final class CallTurn {
  /** How long an interrupted call may take to end; half of it for each level of tools around. */
  private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Context context;
  private final long graceNanos;
  private final int maxInFlight;
  private final List<ToolCall> calls = new ArrayList<>();
  private final List<@Nullable ToolOutcome> outcomes = new ArrayList<>();
  private final List<Integer> sameAs = new ArrayList<>();
  private final Deque<RunningCall> waiting = new ArrayDeque<>();
  private final List<RunningCall> running = new ArrayList<>();
  private final List<RunningCall> leftBehind = new ArrayList<>();
  private final BlockingQueue<RunningCall> ended = new LinkedBlockingQueue<>();
  private boolean ending;
  private int fatalIndex = Integer.MAX_VALUE;
  private @Nullable RuntimeException fatal;

  /**
   * A turn without calls.
   *
   * @param context what the calls run under
   * @param level how many tools are around this turn
   */
  CallTurn(Context context, int level, int maxInFlight) {
    this.context = context;
    this.graceNanos = GRACE_NANOS >> level;
    this.maxInFlight = maxInFlight;
  }

  /** The place of an equal call with an id, or -1. */
  int indexOf(ToolCall call) {
    return call.id().isEmpty() ? -1 : calls.indexOf(call);
  }

  /** Adds a call that is to be made. */
  void add(ToolCall call, Tool tool, ObjectNode arguments) {
    Context own = child();
    waiting.add(new RunningCall(calls.size(), tool, arguments, own, ended));
    add(call, null, -1);
  }

  /** Adds a call that is not made. */
  void add(ToolCall call, Status status, String text) {
    ToolOutcome outcome = outcome(call, status, text, Duration.ZERO);
    add(call, outcome, -1);
    tell(child(), outcome);
  }

  /** Adds a call that the turn has already. */
  void addSame(ToolCall call, int index) {
    add(call, null, index);
  }

  private void add(ToolCall call, @Nullable ToolOutcome outcome, int same) {
    calls.add(call);
    outcomes.add(outcome);
    sameAs.add(same);
  }

  private Context child() {
    return context.isObserved() ? context.within(context.span().child()) : context;
  }

  /** Runs the calls, and returns what became of all, in order. */
  List<ToolOutcome> run() {
    try {
      while (fatal == null && (startAll() || !running.isEmpty())) {
        await();
      }
      cancelAll();
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    if (fatal != null) {
      throw fatal;
    }
    List<ToolOutcome> all = new ArrayList<>();
    for (int i = 0; i < calls.size(); i++) {
      int index = sameAs.get(i) < 0 ? i : sameAs.get(i);
      all.add(Objects.requireNonNull(outcomes.get(index)));
    }
    return List.copyOf(all);
  }

  /** Starts as many as may run at once; whether any waits. */
  private boolean startAll() {
    while (!waiting.isEmpty() && running.size() < maxInFlight) {
      start(waiting.remove());
    }
    return !waiting.isEmpty();
  }

  private void start(RunningCall call) {
    if (call.context().isObserved()) {
      call.context().emit(new ToolEvent.CallStarted(call.context().span().stamp(), call(call)));
    }
    try {
      call.start();
      running.add(call);
    } catch (OutOfMemoryError noThread) {
      end(call, Status.FAILED, CallText.failed(call.tool().name(), noThread));
    }
  }

  private ToolCall call(RunningCall call) {
    return calls.get(call.index());
  }

  /** Waits until a call ends or is to be cancelled or left behind. */
  private void await() throws InterruptedException {
    long now = System.nanoTime();
    long wait = Long.MAX_VALUE;
    for (RunningCall call : running) {
      wait = Math.min(wait, call.deadlineNanos() - now);
    }
    RunningCall done = ended.poll(Math.max(0, wait), TimeUnit.NANOSECONDS);
    while (done != null) {
      if (running.remove(done)) {
        ended(done);
      }
      done = ended.poll();
    }
    overdue();
  }

  private void overdue() {
    long now = System.nanoTime();
    for (RunningCall call : List.copyOf(running)) {
      if (call.deadlineNanos() - now > 0) {
        continue;
      }
      if (call.isCancelled()) {
        running.remove(call);
        leftBehind.add(call);
        cancelled(call, true);
      } else {
        call.cancel(graceNanos);
      }
    }
  }

  /** A call that was cancelled: it took too long, or the whole turn ends. */
  private void cancelled(RunningCall call, boolean left) {
    Tool tool = call.tool();
    if (ending) {
      end(call, Status.FAILED, CallText.runEnded(tool.name()));
    } else {
      String text = CallText.timedOut(tool.name(), tool.limits().timeout(), left);
      end(call, Status.TIMED_OUT, text);
    }
  }

  private void ended(RunningCall call) {
    String tool = call.tool().name();
    Throwable failure = call.failure();
    ToolOutput output = call.output();
    if (call.isCancelled()) {
      cancelled(call, false);
    } else if (failure instanceof TypeMismatchException mismatch) {
      end(call, Status.BAD_ARGUMENTS, CallText.badArguments(tool, mismatch));
    } else if (failure != null || output == null) {
      Throwable error = Objects.requireNonNullElseGet(failure, IllegalStateException::new);
      CallText.fatal(error).ifPresent(found -> fatal(call.index(), found));
      end(call, Status.FAILED, CallText.failed(tool, error));
    } else {
      end(call, output);
    }
  }

  private void fatal(int index, RuntimeException error) {
    if (index < fatalIndex) {
      fatalIndex = index;
      fatal = error;
    }
  }

  private void end(RunningCall call, ToolOutput output) {
    ToolCall made = call(call);
    end(
        call,
        new ToolOutcome(
            made,
            Status.ANSWERED,
            MessagePart.toolResult(made.id(), made.name(), output.parts(), false),
            ToolRun.duration(call)));
  }

  private void end(RunningCall call, Status status, String text) {
    end(call, outcome(call(call), status, text, ToolRun.duration(call)));
  }

  private void end(RunningCall call, ToolOutcome outcome) {
    outcomes.set(call.index(), outcome);
    tell(call.context(), outcome);
  }

  private static void tell(Context context, ToolOutcome outcome) {
    if (context.isObserved()) {
      context.emit(new ToolEvent.CallEnded(context.span().stamp(), outcome));
    }
  }

  private static ToolOutcome outcome(ToolCall call, Status status, String text, Duration duration) {
    return new ToolOutcome(
        call, status, MessagePart.toolResult(call.id(), call.name(), text, true), duration);
  }

  /** Interrupts what still runs, if the turn ends before its calls, and waits for it a while. */
  private void cancelAll() throws InterruptedException {
    ending = true;
    running.forEach(call -> call.cancel(graceNanos));
    while (!running.isEmpty()) {
      await();
    }
  }

  private LmException.Interrupted interrupted(InterruptedException cause) {
    try {
      cancelAll();
    } catch (InterruptedException again) {
      leftBehind.addAll(running);
    }
    Thread.currentThread().interrupt();
    List<String> names = leftBehind.stream().map(call -> call.tool().name()).distinct().toList();
    return new LmException.Interrupted(
        names.isEmpty()
            ? "Interrupted while tools ran"
            : "Interrupted while tools ran; %s did not end and %s left behind"
                .formatted(String.join(", ", names), names.size() == 1 ? "is" : "are"),
        cause);
  }

  /** The calls that ignored their interrupt. */
  List<RunningCall> leftBehind() {
    return leftBehind;
  }
}
