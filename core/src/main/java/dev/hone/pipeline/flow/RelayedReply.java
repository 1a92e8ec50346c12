package dev.hone.pipeline.flow;

import dev.hone.lm.ReplyListener;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * Carries what a model tells on its own thread to the thread that made the call. Holds at most the
 * reply. One thread tells, one takes.
 */
public final class RelayedReply implements ReplyListener {
  private final Queue<Consumer<ReplyListener>> arrived = new ConcurrentLinkedQueue<>();
  private final Runnable onArrival;

  /**
   * An empty relay.
   *
   * @param onArrival wakes the thread that takes; called on the one that tells
   */
  public RelayedReply(Runnable onArrival) {
    this.onArrival = onArrival;
  }

  @Override
  public void onText(String delta) {
    add(listener -> listener.onText(delta));
  }

  @Override
  public void onThinking(String delta) {
    add(listener -> listener.onThinking(delta));
  }

  @Override
  public void onToolCall(int index, String name, String delta) {
    add(listener -> listener.onToolCall(index, name, delta));
  }

  private void add(Consumer<ReplyListener> told) {
    arrived.add(told);
    onArrival.run();
  }

  /** Tells a listener all that has arrived since the last time, in order. */
  public void takeTo(ReplyListener listener) {
    for (Consumer<ReplyListener> told = arrived.poll(); told != null; told = arrived.poll()) {
      told.accept(listener);
    }
  }
}
