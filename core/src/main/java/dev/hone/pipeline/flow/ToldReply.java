package dev.hone.pipeline.flow;

import dev.hone.lm.LmException;
import dev.hone.lm.LmResponse;
import dev.hone.lm.ReplyListener;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one attempt tells of its reply to whoever watches it arrive: knows whether it told anything,
 * and keeps what the listener threw apart from what the model did. Used on one thread.
 */
public final class ToldReply implements ReplyListener {
  private final ReplyListener listener;
  private boolean told;
  private @Nullable Stopped stopped;

  /** A reply of which nothing was told yet. */
  public ToldReply(ReplyListener listener) {
    this.listener = listener;
  }

  /** Whether anybody watches; if not, the model need not stream. */
  public boolean isWatched() {
    return listener != NONE;
  }

  /** Who is to be told by the model: this, or nobody. */
  public ReplyListener listener() {
    return isWatched() ? this : NONE;
  }

  @Override
  public void onText(String delta) {
    tell(delta, () -> listener.onText(delta));
  }

  @Override
  public void onThinking(String delta) {
    tell(delta, () -> listener.onThinking(delta));
  }

  @Override
  public void onToolCall(int index, String name, String delta) {
    tell(name, () -> listener.onToolCall(index, name, delta));
  }

  private void tell(String what, Runnable telling) {
    if (stopped != null) {
      throw stopped;
    }
    if (what.isEmpty()) {
      return;
    }
    told = true;
    try {
      telling.run();
    } catch (Throwable e) {
      stopped = new Stopped(e);
      throw stopped;
    }
  }

  /** Tells a reply that came from elsewhere than a model, in one piece. */
  public LmResponse whole(LmResponse response) {
    response.tell(listener());
    return response;
  }

  /**
   * Runs an attempt that tells this.
   *
   * @throws Stopped if the listener threw something, whatever became of that on its way
   */
  public LmResponse checked(Supplier<LmResponse> attempt) {
    LmResponse response;
    try {
      response = attempt.get();
    } catch (Throwable e) {
      if (stopped != null) {
        throw stopped;
      }
      throw e;
    }
    if (stopped != null) {
      throw stopped;
    }
    return response;
  }

  /**
   * The failure of the attempt as it goes up: nothing asks again, in any way, once a part of the
   * reply was shown.
   */
  public LmException failure(LmException error) {
    boolean mayBeAskedAgain =
        error instanceof LmException.Retriable
            || error instanceof LmException.InvalidRequest
            || error instanceof LmException.ContextWindowExceeded;
    return told && mayBeAskedAgain && !listener.restart()
        ? new LmException.StreamBroken(error)
        : error;
  }

  /**
   * Who is told the replies to the calls of a context; a type of its own, so that a context knows
   * it.
   */
  public record To(ReplyListener listener) {}

  /** Carries what a listener threw past all that would try again; the pipeline unpacks it. */
  public static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Throwable thrown;

    private Stopped(Throwable thrown) {
      super("The listener to a reply threw", thrown, false, false);
      this.thrown = thrown;
    }

    /** How the attempt ended, for who counts attempts. */
    public LmException failure() {
      return thrown instanceof LmException.Interrupted interrupted
          ? interrupted
          : new LmException.Vetoed("The listener to the reply ended the call: " + thrown, thrown);
    }

    /** Throws what the listener threw, as it is. */
    @SuppressWarnings("unchecked")
    public <X extends Throwable> RuntimeException unpacked() throws X {
      throw (X) thrown;
    }
  }
}
