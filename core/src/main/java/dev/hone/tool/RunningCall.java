package dev.hone.tool;

import dev.hone.context.Context;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One call on a daemon thread of its own, so that nothing that a tool leaves behind on its thread
 * (an interrupt, a context, values of the thread) reaches another call. Started once.
 */
final class RunningCall {
  private final int index;
  private final Tool tool;
  private final ObjectNode arguments;
  private final Context context;
  private final BlockingQueue<RunningCall> ended;
  private final Thread thread;
  private long startNanos;
  private long deadlineNanos;
  private boolean cancelled;
  private volatile long endNanos;
  private volatile @Nullable ToolOutput output;
  private volatile @Nullable Throwable failure;

  /**
   * A call that has not begun.
   *
   * @param index its place in the turn
   * @param context what it runs under
   * @param ended takes this call when it has ended
   */
  RunningCall(
      int index,
      Tool tool,
      ObjectNode arguments,
      Context context,
      BlockingQueue<RunningCall> ended) {
    this.index = index;
    this.tool = tool;
    this.arguments = arguments;
    this.context = context;
    this.ended = ended;
    Runnable bound = context.wrap(this::call);
    this.thread = new Thread(null, () -> run(bound), "hone-tool-" + tool.name(), 0, false);
    this.thread.setDaemon(true);
  }

  /** Starts the thread and the clock. */
  void start() {
    startNanos = System.nanoTime();
    deadlineNanos = startNanos + nanos(tool.limits());
    thread.start();
  }

  private static long nanos(ToolLimits limits) {
    try {
      return Math.min(limits.timeout().toNanos(), Long.MAX_VALUE / 4);
    } catch (ArithmeticException longerThanLongs) {
      return Long.MAX_VALUE / 4;
    }
  }

  private void run(Runnable bound) {
    try {
      bound.run();
    } catch (Throwable e) {
      failure = e;
    } finally {
      endNanos = System.nanoTime();
      ended.add(this);
    }
  }

  private void call() {
    try {
      ToolOutput returned = tool.call(arguments);
      output = ResultText.cut(returned, tool.limits().maxResultChars());
    } catch (Throwable e) {
      failure = e;
    }
  }

  /** Interrupts it, and gives it some more time. */
  void cancel(long graceNanos) {
    cancelled = true;
    deadlineNanos = System.nanoTime() + graceNanos;
    thread.interrupt();
  }

  int index() {
    return index;
  }

  Tool tool() {
    return tool;
  }

  Context context() {
    return context;
  }

  /** What it returned; null if it failed, or has not ended. */
  @Nullable ToolOutput output() {
    return output;
  }

  /** What it threw; null if it returned, or has not ended. */
  @Nullable Throwable failure() {
    return failure;
  }

  boolean isCancelled() {
    return cancelled;
  }

  /** Whether its thread still runs. */
  boolean isAlive() {
    return thread.isAlive();
  }

  /** When it is to be cancelled, or left behind if it was. */
  long deadlineNanos() {
    return deadlineNanos;
  }

  /** How long it ran, until now if it has not ended. */
  long ranNanos() {
    long end = endNanos;
    return (end == 0 ? System.nanoTime() : end) - startNanos;
  }
}
