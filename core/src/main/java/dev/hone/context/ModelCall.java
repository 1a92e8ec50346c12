package dev.hone.context;

import dev.hone.lm.LmException;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmUsage;
import dev.hone.lm.ReplyListener;
import dev.hone.observe.Span;
import dev.hone.pipeline.LmPipeline;
import dev.hone.pipeline.flow.GivenUpAttempt;
import dev.hone.price.Money;
import dev.hone.price.Price;
import dev.hone.price.reserve.Reservation;
import dev.hone.replay.CallOutcome;
import dev.hone.replay.CallRecorder;
import dev.hone.replay.RecordableCall;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One call of the model of a context: asks the interceptors, keeps the budget, notifies the
 * listeners. Used once, on one thread.
 */
final class ModelCall implements RecordableCall.Caller {
  private final Context context;
  private final LmPipeline model;
  private final LmRequest request;
  private final @Nullable Predicate<LmResponse> isAnswer;
  private final Listeners listeners;
  private final Span span;
  private Span attempt;
  private String askedId;
  private boolean fallbackAsked;
  private @Nullable Reservation reservation;
  private Budget recorderBudget;
  private @Nullable Duration recordedTime;

  /**
   * A call that is not made yet.
   *
   * @param isAnswer whether its reader can read a reply; null to go by the reply alone
   */
  ModelCall(Context context, LmRequest request, @Nullable Predicate<LmResponse> isAnswer) {
    this.isAnswer = isAnswer;
    this.context = context;
    this.model = context.lm();
    this.askedId = model.id();
    this.request =
        request.withCacheScope(
            ContextParts.cacheScope(context.metadata(), context.parts().isolation));
    this.listeners = Listeners.toCall(context);
    this.span = isWatched() ? context.span().child() : context.span();
    this.attempt = span;
    this.recorderBudget = context.budget();
  }

  LmResponse run() {
    long startNanos = System.nanoTime();
    if (isWatched()) {
      tell(new LmEvent.CallStarted(span.stamp(), this));
    }
    LmResponse response;
    try {
      intercept();
      response = answer();
    } catch (LmException e) {
      failed(e, startNanos);
      throw e;
    } catch (Throwable e) {
      failed(
          new LmException.ProviderFailed("The model %s threw %s".formatted(model.id(), e), e),
          startNanos);
      throw e;
    }
    if (isWatched()) {
      tell(new LmEvent.CallAnswered(span.stamp(), this, response, since(startNanos)));
    }
    return response;
  }

  private LmResponse answer() {
    ContextParts own = context.parts();
    ContextParts parts = own.recorder == null ? Context.current().parts() : own;
    CallRecorder recorder = parts.recorder;
    recorderBudget = parts.recorderBudget;
    return recorder == null
        ? model.call(request, this)
        : new RecordableCall(model, request, this).run(recorder, parts.place);
  }

  private void failed(LmException error, long startNanos) {
    if (isWatched()) {
      tell(new LmEvent.CallFailed(span.stamp(), this, error, since(startNanos)));
    }
  }

  private void intercept() {
    context.parts().ask(each -> each.beforeCall(request, context.metadata()));
  }

  @Override
  public boolean isAnswer(LmResponse response) {
    return isAnswer == null
        ? RecordableCall.Caller.super.isAnswer(response)
        : isAnswer.test(response);
  }

  @Override
  public ReplyListener replyListener() {
    return context.parts().replyListener;
  }

  @Override
  public Runnable onOtherThread(Runnable code) {
    Reservation own = reserved();
    return Context.current().wrap(() -> own.onOtherThread(code));
  }

  @Override
  public void beforeAttempt() {
    reservation = context.budget().reserve(request, askedId, price(), span.clock());
    attemptStarted(reserved().expected());
  }

  private @Nullable Price price() {
    return isAskedItself()
        ? context.prices().of(model).orElse(null)
        : context.prices().of(askedId).orElse(null);
  }

  /** Whether the context's own model is asked, which may be a batched one, and no fallback. */
  private boolean isAskedItself() {
    return !fallbackAsked;
  }

  private void attemptStarted(LmUsage expected) {
    if (isWatched()) {
      attempt = span.child();
      tell(new LmEvent.AttemptStarted(attempt.stamp(), this, expected));
    }
  }

  @Override
  public void afterReply(LmResponse response) {
    reserved().settle(response.usage());
    attemptAnswered(response);
  }

  private void attemptAnswered(LmResponse response) {
    if (isWatched()) {
      tell(new LmEvent.AttemptAnswered(attempt.stamp(), this, response));
    }
  }

  @Override
  public void afterFailure(LmException error) {
    if (error instanceof LmException.RateLimited) {
      reserved().release();
    } else if (usage(error).known()) {
      reserved().fail();
    } else {
      reserved().settle(LmUsage.UNKNOWN);
    }
    attemptFailed(error);
  }

  /** The tokens of an attempt without a reply: not known if it was given up, but in a batch. */
  private LmUsage usage(LmException error) {
    boolean batched = isAskedItself() && model.isBatched();
    return GivenUpAttempt.endedWith(error) && !batched ? LmUsage.UNKNOWN : LmUsage.NONE;
  }

  private void attemptFailed(LmException error) {
    if (isWatched()) {
      tell(new LmEvent.AttemptFailed(attempt.stamp(), this, error));
    }
  }

  @Override
  public void onOutage(LmException error, Duration delay) {
    if (isWatched()) {
      tell(new LmEvent.OutageWait(span.stamp(), this, error, delay));
    }
  }

  @Override
  public void onFallback(String modelId, LmException error) {
    askedId = modelId;
    fallbackAsked = true;
  }

  private Reservation reserved() {
    return Objects.requireNonNull(reservation, "An attempt ended that did not begin");
  }

  /** What a reply to this call cost. */
  Spend spend(LmResponse response) {
    return response.cached()
        ? Spend.of(0, 1, response.usage())
        : Spend.of(1, 0, response.usage())
            .withMoney(
                isAskedItself()
                    ? context.prices().cost(model, response.usage())
                    : context.prices().cost(askedId, response.usage()));
  }

  /** What an attempt at this call cost that gave no reply. */
  Spend spend(LmException error) {
    LmUsage usage = usage(error);
    return Spend.of(1, 0, usage).withMoney(usage.known() ? Money.NONE : Money.UNKNOWN);
  }

  @Override
  public BigDecimal paidUsd(LmResponse response) {
    return spend(response).money().leastUsd();
  }

  @Override
  public void took(Duration duration) {
    recordedTime = duration;
  }

  /** Counts a call that was made at an earlier time, and tells of its attempts as then. */
  @Override
  public void replayed(CallOutcome outcome) {
    recordedTime = outcome.duration();
    // Which of them its fallback made is not recorded; it is asked after the last, as a rule.
    outcome.failedAttempts().forEach(this::replayedFailure);
    outcome
        .fallbackId()
        .ifPresent(
            id -> {
              askedId = id;
              fallbackAsked = true;
            });
    Optional<LmResponse> paid = outcome.response().filter(response -> !response.cached());
    settleReplayed(outcome, paid.map(LmResponse::usage).orElse(null));
    paid.ifPresent(
        response -> {
          attemptStarted(LmUsage.NONE);
          attemptAnswered(response);
        });
  }

  private void replayedFailure(LmException error) {
    if (!usage(error).known()) { // its call is among the paid attempts
      context.budget().settleReplayed(request, askedId, price(), 0, LmUsage.UNKNOWN, null);
    }
    attemptStarted(LmUsage.NONE);
    attemptFailed(error);
  }

  private void settleReplayed(CallOutcome outcome, @Nullable LmUsage paid) {
    Budget budget = context.budget();
    boolean same = budget == recorderBudget;
    budget.settleReplayed(
        request, askedId, price(), outcome.paidAttempts(), paid, same ? outcome.paidUsd() : null);
    if (!same) {
      LmUsage usage = paid == null ? LmUsage.NONE : paid;
      recorderBudget.meet(outcome.paidAttempts(), usage, outcome.paidUsd());
    }
  }

  /** The model that is asked; another one from its fallback on. */
  String modelId() {
    return askedId;
  }

  /** What is asked, with whose cached replies may be shared. */
  LmRequest request() {
    return request;
  }

  private boolean isWatched() {
    return !listeners.isEmpty();
  }

  private void tell(LmEvent event) {
    listeners.tell(event, context.metadata());
  }

  /**
   * The time since the call began; where it is recorded, as it is, so that replays say the same.
   */
  private Duration since(long startNanos) {
    return recordedTime == null ? Duration.ofNanos(System.nanoTime() - startNanos) : recordedTime;
  }
}
