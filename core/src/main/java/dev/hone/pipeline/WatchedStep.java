package dev.hone.pipeline;

import dev.hone.lm.LmException;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.ReplyListener;
import dev.hone.pipeline.flow.Deadline;
import dev.hone.pipeline.flow.FlowTime;
import dev.hone.pipeline.flow.Places;
import dev.hone.pipeline.flow.Places.Place;
import dev.hone.pipeline.flow.RelayedReply;
import dev.hone.pipeline.flow.ToldReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;

/**
 * Watches attempts while they run on other threads: gives up those that take too long, and makes a
 * second one where the first is slow. Listeners are told on the calling thread, of one attempt
 * after the other: where a second begins, the first is told to have failed, and what becomes of
 * both is told of the second. So all that was asked is counted once. What an attempt gives after it
 * was given up is lost. Where somebody is told the reply while it arrives, no second attempt is
 * made.
 */
final class WatchedStep implements PipelineStep {
  private final ProviderStep provider;
  private final Places places;
  private final TrafficSettings settings;
  private final FlowTime time;

  WatchedStep(ProviderStep provider, Places places, TrafficSettings settings) {
    this.provider = provider;
    this.places = places;
    this.settings = settings;
    this.time = places.time();
  }

  /** An attempt that runs, and its place if it has one of its own. */
  private record Attempt(FutureTask<LmResponse> task, Optional<Place> place) {
    boolean isDone() {
      return task.isDone();
    }
  }

  @Override
  public LmResponse call(LmRequest request, AttemptListener listener) {
    ToldReply told = new ToldReply(listener.replyListener());
    listener.beforeAttempt();
    return new Watch(request, listener, told).run();
  }

  /** One call, whose first attempt was announced. Used once, on one thread. */
  private final class Watch {
    private final LmRequest request;
    private final AttemptListener listener;
    private final long startNanos = time.nanoTime();
    private final long endNanos;
    private final ToldReply told;
    private final RelayedReply relay = new RelayedReply(() -> wake());
    private final List<Attempt> running = new ArrayList<>(2);
    private boolean open = true;
    private volatile CountDownLatch ended = new CountDownLatch(1);

    Watch(LmRequest request, AttemptListener listener, ToldReply told) {
      this.request = request;
      this.listener = listener;
      this.told = told;
      long limit = settings.attemptTimeout().map(Duration::toNanos).orElse(Long.MAX_VALUE / 2);
      this.endNanos = Math.min(startNanos + limit, DeadlineStep.of(listener).atNanos());
    }

    LmResponse run() {
      try {
        if (isOver()) {
          throw Deadline.passed(places.modelId(), "as it had to wait before it was made");
        }
        begin(Optional.empty());
        if (!told.isWatched()
            && settings.hedgeAfter().isPresent()
            && !awaitOne(startNanos + settings.hedgeAfter().get().toNanos())
            && !isOver()) {
          hedge();
        }
        LmResponse response = reply();
        listener.afterReply(response);
        return response;
      } catch (LmException e) {
        LmException error = told.failure(e);
        failed(error);
        throw error;
      } catch (ToldReply.Stopped e) {
        failed(e.failure());
        throw e;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        LmException error =
            new LmException.Interrupted("Interrupted while waiting for " + places.modelId(), e);
        failed(error);
        throw error;
      } catch (Error e) {
        failed(provider.surprise(e));
        throw e;
      } finally {
        running.forEach(attempt -> end(attempt, givenUp()));
      }
    }

    /** Unless no attempt is open: the budget allowed no second one, and ends the call. */
    private void failed(LmException error) {
      if (open) {
        listener.afterFailure(error);
      }
    }

    private void wake() {
      ended.countDown();
    }

    private void begin(Optional<Place> place) {
      ReplyListener to = told.isWatched() ? relay : ReplyListener.NONE;
      FutureTask<LmResponse> task =
          new FutureTask<>(() -> provider.attempt(request, to)) {
            @Override
            protected void done() {
              wake();
            }
          };
      running.add(new Attempt(task, place));
      try {
        time.execute(listener.onOtherThread(task));
      } catch (RejectedExecutionException | OutOfMemoryError e) {
        task.run(); // the machine has no more threads: then nobody watches this one
      }
    }

    private void hedge() throws InterruptedException {
      Optional<Place> place = places.tryTake(request);
      if (place.isEmpty()) {
        return;
      }
      listener.afterFailure(
          new LmException.TimedOut("Slow, so that a second attempt runs beside it", null));
      open = false;
      try {
        listener.beforeAttempt();
        open = true;
      } finally {
        place.filter(one -> !open).ifPresent(one -> one.failed(givenUp()));
      }
      begin(place);
    }

    private boolean isOver() {
      return time.nanoTime() >= endNanos;
    }

    /** Waits until an attempt has ended, or told something, at the latest until a time. */
    private boolean awaitOne(long untilNanos) throws InterruptedException {
      if (running.stream().anyMatch(Attempt::isDone)) {
        return true;
      }
      long left = Math.min(untilNanos, endNanos) - time.nanoTime();
      return left > 0 && time.await(ended, left);
    }

    /** The first reply; the error of the last attempt if all fail. */
    private LmResponse reply() throws InterruptedException {
      while (awaitOne(endNanos)) {
        ended = new CountDownLatch(1);
        relay.takeTo(told);
        for (Attempt attempt : List.copyOf(running)) {
          if (attempt.isDone()) {
            running.remove(attempt);
            relay.takeTo(told);
            Optional<LmResponse> response = response(attempt);
            if (response.isPresent()) {
              return response.get();
            }
          }
        }
      }
      throw new LmException.TimedOut(
          "%s gave no reply within %d ms. Maybe allow more time."
              .formatted(places.modelId(), (time.nanoTime() - startNanos) / 1_000_000),
          null);
    }

    /** What an attempt that has ended gave; nothing if it failed, and another one runs. */
    private Optional<LmResponse> response(Attempt attempt) throws InterruptedException {
      try {
        LmResponse response = attempt.task().get();
        attempt.place().ifPresent(place -> place.answered(response));
        return Optional.of(response);
      } catch (ExecutionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        attempt.place().ifPresent(place -> place.failed(cause));
        if (cause instanceof Error error) {
          throw error;
        } else if (running.isEmpty()) {
          throw cause instanceof LmException typed ? typed : provider.surprise(cause);
        }
        return Optional.empty();
      }
    }

    private static LmException givenUp() {
      return new LmException.TimedOut("Another attempt was answered before", null);
    }

    private static void end(Attempt attempt, LmException error) {
      attempt.task().cancel(true);
      attempt.place().ifPresent(place -> place.failed(error));
    }
  }
}
