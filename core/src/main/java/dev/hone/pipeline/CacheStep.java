package dev.hone.pipeline;

import dev.hone.lm.LmException;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.pipeline.flow.Deadline;
import dev.hone.pipeline.flow.ToldReply;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers from the cache, and pays for identical calls that are under way at once only once: the
 * first of them leads a flight, the others wait for its reply. If the leader fails, those that
 * waited try again, again as one flight; only the failure of that second flight is theirs as well.
 * A reply that is no answer, see {@link AttemptListener#isAnswer}, is never kept, and is shared as
 * a failure is. What concerns the leader alone (its budget, its interrupt, its deadline, a veto,
 * what it was shown) is never theirs. The leader also asks the cache for the right to pay, so that
 * of several processes one pays. Trouble with the cache is logged the first, second, fourth, eighth
 * and so on time.
 */
final class CacheStep implements PipelineStep {
  private static final Logger LOG = LoggerFactory.getLogger(CacheStep.class);

  private final PipelineStep next;
  private final LmCache cache;
  private final RequestKey.Model model;
  private final AtomicLong troubles = new AtomicLong();
  private final ConcurrentMap<String, CompletableFuture<LmResponse>> flights =
      new ConcurrentHashMap<>();

  CacheStep(PipelineStep next, LmCache cache, RequestKey.Model model) {
    this.next = next;
    this.cache = cache;
    this.model = model;
  }

  @Override
  public LmResponse call(LmRequest request, AttemptListener listener) {
    String key = RequestKey.of(model, request);
    int sharedFailures = 0;
    while (true) {
      Optional<LmResponse> known = lookUp(key, listener);
      if (known.isPresent()) {
        return told(known.get(), listener);
      }
      CompletableFuture<LmResponse> mine = new CompletableFuture<>();
      CompletableFuture<LmResponse> other = flights.putIfAbsent(key, mine);
      if (other == null) {
        return lead(key, mine, request, listener);
      }
      try {
        LmResponse shared = await(other, listener);
        if (listener.isAnswer(shared) || ++sharedFailures == 2) {
          return told(shared, listener);
        }
      } catch (ExecutionException e) {
        LmException failure = shareable(e.getCause());
        if (failure != null && ++sharedFailures == 2) {
          throw failure;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new LmException.Interrupted("Interrupted while waiting for an identical call", e);
      }
    }
  }

  /** A reply that nobody pays for, told in one piece. */
  private static LmResponse told(LmResponse response, AttemptListener listener) {
    return new ToldReply(listener.replyListener()).whole(response.asCached());
  }

  /** Waits for an identical call, at the latest until the deadline of this one. */
  private static LmResponse await(CompletableFuture<LmResponse> flight, AttemptListener listener)
      throws InterruptedException, ExecutionException {
    Deadline deadline = DeadlineStep.of(listener);
    if (deadline.isNever()) {
      return flight.get();
    }
    CountDownLatch landed = new CountDownLatch(1);
    CompletableFuture<LmResponse> unused =
        flight.whenComplete((response, error) -> landed.countDown());
    if (!deadline.time().await(landed, Math.max(0, deadline.leftNanos()))) {
      throw Deadline.passed("the model", "while an identical call was under way");
    }
    return flight.get();
  }

  /** Makes the call on behalf of all that wait for it. */
  private LmResponse lead(
      String key,
      CompletableFuture<LmResponse> flight,
      LmRequest request,
      AttemptListener listener) {
    try {
      LmResponse response = once(key, request, listener);
      flights.remove(key, flight);
      flight.complete(response);
      return response;
    } catch (Throwable e) {
      flights.remove(key, flight);
      flight.completeExceptionally(DeadlineStep.of(listener).leftNanos() <= 0 ? overdue(e) : e);
      throw e;
    }
  }

  /** What comes of the leader's own deadline is nobody else's, as an interrupt is. */
  private static LmException overdue(Throwable error) {
    return new LmException.Interrupted("The time of the call that led was over", error);
  }

  /** With the right to pay: another flight, or process, may have paid since the look before. */
  private LmResponse once(String key, LmRequest request, AttemptListener listener) {
    LmCache.Lease lease = lease(key);
    try {
      Optional<LmResponse> known = lookUp(key, listener);
      return known.isPresent() ? told(known.get(), listener) : pay(key, request, listener);
    } finally {
      lease.close();
    }
  }

  private LmCache.Lease lease(String key) {
    try {
      LmCache.Lease lease = Objects.requireNonNull(cache.lease(key), "The cache gave no lease");
      return () -> giveBack(lease);
    } catch (LmException.Interrupted e) {
      throw e;
    } catch (Throwable e) {
      passedOver("The cache gave no right to pay", e);
      return () -> {};
    }
  }

  private void giveBack(LmCache.Lease lease) {
    try {
      lease.close();
    } catch (Throwable e) {
      passedOver("The cache did not take the right to pay back", e);
    }
  }

  private LmResponse pay(String key, LmRequest request, AttemptListener listener) {
    LmResponse response = next.call(request, listener);
    put(key, response, listener);
    return response;
  }

  /** Keeps a reply that was paid for elsewhere, and is an answer. */
  void keep(LmRequest request, LmResponse response) {
    put(RequestKey.of(model, request), response, AttemptListener.NONE);
  }

  private void put(String key, LmResponse response, AttemptListener listener) {
    try {
      if (listener.isAnswer(response)) {
        cache.put(key, response);
      }
    } catch (Throwable e) {
      passedOver("The cache could not keep a reply", e);
    }
  }

  /** What the cache has of before and is no answer for this call is asked for anew. */
  private Optional<LmResponse> lookUp(String key, AttemptListener listener) {
    try {
      return Objects.requireNonNull(cache.get(key), "The cache returned null")
          .filter(listener::isAnswer);
    } catch (Throwable e) {
      passedOver("The cache could not be read", e);
      return Optional.empty();
    }
  }

  /** No exception of a cache loses a reply that was paid for. */
  private void passedOver(String problem, Throwable error) {
    if (error instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    long times = troubles.incrementAndGet();
    if (Long.bitCount(times) == 1) {
      LOG.warn("{}; trouble with the cache so far: {}", problem, times, error);
    }
  }

  private static @Nullable LmException shareable(@Nullable Throwable error) {
    if (error instanceof LmException.Interrupted
        || error instanceof LmException.BudgetExhausted
        || error instanceof LmException.Vetoed
        || error instanceof LmException.StreamBroken) {
      return null;
    }
    return error instanceof LmException e ? e : null;
  }
}
