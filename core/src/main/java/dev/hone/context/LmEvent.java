package dev.hone.context;

import dev.hone.lm.LmException;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmUsage;
import dev.hone.observe.Event;
import dev.hone.observe.EventStamp;
import java.time.Duration;
import java.util.Optional;

/**
 * What happens to calls of language models. A call starts, and is answered or fails; within it, so
 * does each attempt at the provider: the first and each retry, none if a cache answers. Start and
 * end have the same id in their stamp; an attempt has its call's id as its parent. Immutable.
 */
public abstract class LmEvent implements Event {
  private final EventStamp stamp;
  private final String modelId;
  private final LmRequest request;

  LmEvent(EventStamp stamp, ModelCall call) {
    this.stamp = stamp;
    this.modelId = call.modelId();
    this.request = call.request();
  }

  @Override
  public final EventStamp stamp() {
    return stamp;
  }

  /**
   * The model that is called, see {@link dev.hone.lm.LanguageModel#id()}. Where that is away and a
   * fallback is asked, the fallback from then on: so the end of a call names who answered it.
   */
  public final String modelId() {
    return modelId;
  }

  /** What is asked. */
  public final LmRequest request() {
    return request;
  }

  /**
   * What this event adds to the spend: of a call that was answered its tokens and money, and a call
   * if no cache answered; of an attempt that failed a call, and if it was given up, tokens and
   * money that are not known. Nothing for other events. The one place in which spend is counted; to
   * add up the events of a run is to know what it cost.
   */
  public Spend spend() {
    return Spend.NONE;
  }

  /** Returns what the visitor returns for this kind of event. */
  public abstract <R> R accept(Visitor<R> visitor);

  /**
   * Distinguishes the kinds of events. Further kinds go to {@link #otherwise} until they are
   * overridden.
   *
   * @param <R> what it gives
   */
  public interface Visitor<R> {
    /** Any kind that is not overridden. */
    R otherwise(LmEvent event);

    /** A call started. */
    default R visit(CallStarted event) {
      return otherwise(event);
    }

    /** A call was answered. */
    default R visit(CallAnswered event) {
      return otherwise(event);
    }

    /** A call failed. */
    default R visit(CallFailed event) {
      return otherwise(event);
    }

    /** An attempt started. */
    default R visit(AttemptStarted event) {
      return otherwise(event);
    }

    /** An attempt was answered. */
    default R visit(AttemptAnswered event) {
      return otherwise(event);
    }

    /** An attempt failed. */
    default R visit(AttemptFailed event) {
      return otherwise(event);
    }

    /** Calls wait for a model that is away. */
    default R visit(OutageWait event) {
      return otherwise(event);
    }
  }

  /** A call started: nothing is asked yet, neither interceptors nor cache nor provider. */
  public static final class CallStarted extends LmEvent {
    CallStarted(EventStamp stamp, ModelCall call) {
      super(stamp, call);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** A call was answered, by the provider or by a cache. */
  public static final class CallAnswered extends LmEvent {
    private final LmResponse response;
    private final Duration duration;
    private final Spend spend;

    CallAnswered(EventStamp stamp, ModelCall call, LmResponse response, Duration duration) {
      super(stamp, call);
      this.response = response;
      this.duration = duration;
      this.spend = call.spend(response);
    }

    @Override
    public Spend spend() {
      return spend;
    }

    /** The reply. */
    public LmResponse response() {
      return response;
    }

    /** Whether a cache answered, so that it cost nothing. */
    public boolean cached() {
      return response.cached();
    }

    /** The time it took, waiting and retries included. */
    public Duration duration() {
      return duration;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** A call gave no reply, after all retries. */
  public static final class CallFailed extends LmEvent {
    private final LmException error;
    private final Duration duration;

    CallFailed(EventStamp stamp, ModelCall call, LmException error, Duration duration) {
      super(stamp, call);
      this.error = error;
      this.duration = duration;
    }

    /** Why there is no reply. */
    public LmException error() {
      return error;
    }

    /** The time it took, waiting and retries included. */
    public Duration duration() {
      return duration;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** An attempt goes to the provider; it was taken from the budget. */
  public static final class AttemptStarted extends LmEvent {
    private final LmUsage reserved;

    AttemptStarted(EventStamp stamp, ModelCall call, LmUsage reserved) {
      super(stamp, call);
      this.reserved = reserved;
    }

    /** The tokens that the budget set aside for it. */
    public LmUsage reserved() {
      return reserved;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** An attempt was answered by the provider. */
  public static final class AttemptAnswered extends LmEvent {
    private final LmResponse response;

    AttemptAnswered(EventStamp stamp, ModelCall call, LmResponse response) {
      super(stamp, call);
      this.response = response;
    }

    /** The reply. */
    public LmResponse response() {
      return response;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * An attempt gave no reply; the pipeline may try again. The calls that a provider was sent are
   * those that were answered and not cached, and these.
   */
  public static final class AttemptFailed extends LmEvent {
    private final LmException error;
    private final Spend spend;

    AttemptFailed(EventStamp stamp, ModelCall call, LmException error) {
      super(stamp, call);
      this.error = error;
      this.spend = call.spend(error);
    }

    @Override
    public Spend spend() {
      return spend;
    }

    /** Why there is no reply. */
    public LmException error() {
      return error;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * Calls wait for a model that limits the rate or cannot be reached, see {@link
   * dev.hone.pipeline.RetrySettings#outageTime()}; told by one call for all, at most once a minute.
   */
  public static final class OutageWait extends LmEvent {
    private final LmException error;
    private final Duration delay;

    OutageWait(EventStamp stamp, ModelCall call, LmException error, Duration delay) {
      super(stamp, call);
      this.error = error;
      this.delay = delay;
    }

    /** Why the last attempt gave no reply. */
    public LmException error() {
      return error;
    }

    /** How long it is to the next attempt. */
    public Duration delay() {
      return delay;
    }

    @Override
    public Optional<String> headline() {
      String why = error instanceof LmException.RateLimited ? "rate limit" : "model not reached";
      return Optional.of("%s, next try in %d s".formatted(why, delay.toSeconds()));
    }

    @Override
    public Optional<String> logLine() {
      return Optional.of("waiting for %s: %s".formatted(modelId(), error.getMessage()));
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }
}
