package dev.hone.pipeline.flow;

import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The places that a model has for attempts: so many at once, and so many a minute. Thread-safe.
 *
 * @param limit how many may be in flight
 * @param rates how many a minute; null for any number
 * @param time the time they go by
 * @param modelId the model, for messages
 * @param usualReplyTokens what replies had so far, on average
 */
public record Places(
    InFlightLimit limit,
    @Nullable RateLimit rates,
    FlowTime time,
    String modelId,
    AtomicLong usualReplyTokens) {
  private static final int CHARACTERS_PER_TOKEN = 4;
  private static final long FIRST_GUESS = 200;

  /** The places of a model, whose limit opens to an upper bound; of a batched one it is open. */
  public static Places opening(
      int maxInFlight, @Nullable RateLimit rates, FlowTime time, LanguageModel model) {
    InFlightLimit limit =
        model.isBatched()
            ? new InFlightLimit(maxInFlight)
            : InFlightLimit.opening(maxInFlight, time, EndedAttempts.of(model.getClass()));
    return of(limit, rates, time, model.id());
  }

  /** The places of a model. */
  public static Places of(
      InFlightLimit limit, @Nullable RateLimit rates, FlowTime time, String modelId) {
    return new Places(limit, rates, time, modelId, new AtomicLong(FIRST_GUESS));
  }

  /** The place of one attempt, from its beginning to its end. Used once. */
  public final class Place {
    private final CallWindow window;
    private final long estimatedTokens;

    private Place(CallWindow window, long estimatedTokens) {
      this.window = window;
      this.estimatedTokens = estimatedTokens;
    }

    /** The attempt was answered; its place is free. */
    public void answered(LmResponse response) {
      if (rates != null && response.usage().known()) {
        rates.correct(estimatedTokens, response.usage().totalTokens());
        usualReplyTokens.updateAndGet(
            usual -> usual + (response.usage().completionTokens() - usual) / 8);
      }
      limit.onSuccess(window);
      limit.exit();
    }

    /** The attempt failed; its place is free. */
    public void failed(Throwable error) {
      if (error instanceof LmException.RateLimited) {
        limit.onRateLimited(window);
      } else {
        limit.onFailure(window);
      }
      limit.exit();
    }
  }

  /**
   * Waits for a place: among those in flight, and then for its time.
   *
   * @throws LmException.TimedOut if there is none before the deadline
   * @throws LmException.Interrupted if the thread is
   */
  public Place take(LmRequest request, Deadline deadline) {
    long tokens = estimate(request);
    try {
      return rates == null
          ? new Place(enter(deadline), tokens)
          : takeInLine(rates, tokens, deadline);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LmException.Interrupted("Interrupted while waiting for a call to end", e);
    }
  }

  /** One call after the other, so that one place at most is held by a call that is not made yet. */
  private Place takeInLine(RateLimit line, long tokens, Deadline deadline)
      throws InterruptedException {
    if (!line.isDueWithin(tokens, deadline.leftNanos())) {
      throw rateIsUsedUp();
    }
    if (!line.becomeFirst(tokens, deadline)) {
      throw othersWereBefore();
    }
    try {
      return takeAsFirst(line, tokens, deadline);
    } finally {
      line.leave(tokens);
    }
  }

  /** The place comes before the time: else times that have passed would gather, and end at once. */
  private Place takeAsFirst(RateLimit line, long tokens, Deadline deadline)
      throws InterruptedException {
    CallWindow window = enter(deadline);
    boolean due = false;
    try {
      due = line.take(tokens, deadline);
    } finally {
      if (!due) {
        giveBack(window);
      }
    }
    if (!due) {
      throw rateIsUsedUp();
    }
    return new Place(window, tokens);
  }

  private LmException rateIsUsedUp() {
    return Deadline.passed(modelId, "as its rate per minute is used up");
  }

  private LmException othersWereBefore() {
    return Deadline.passed(modelId, "as other calls were before it");
  }

  /** The place of a call that is not made. */
  private void giveBack(CallWindow window) {
    limit.onFailure(window);
    limit.exit();
  }

  private CallWindow enter(Deadline deadline) throws InterruptedException {
    if (deadline.isNever()) {
      return limit.enter();
    }
    CallWindow window = limit.tryEnter(Math.max(0, deadline.leftNanos()));
    if (window == null) {
      throw othersWereBefore();
    }
    return window;
  }

  /** A place, if there is one at once. */
  public Optional<Place> tryTake(LmRequest request) throws InterruptedException {
    CallWindow window = limit.tryEnter(0);
    if (window == null) {
      return Optional.empty();
    }
    long tokens = estimate(request);
    if (rates != null && !rates.tryTake(tokens)) {
      giveBack(window);
      return Optional.empty();
    }
    return Optional.of(new Place(window, tokens));
  }

  private long estimate(LmRequest request) {
    long characters = 0;
    for (LmMessage message : request.messages()) {
      characters += message.text().length();
    }
    @Nullable Integer most = request.options().maxTokens();
    long reply = usualReplyTokens.get();
    return characters / CHARACTERS_PER_TOKEN + (most == null ? reply : Math.min(most, reply));
  }
}
