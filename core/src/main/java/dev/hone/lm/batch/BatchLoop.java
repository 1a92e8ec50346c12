package dev.hone.lm.batch;

import dev.hone.lm.LmException;
import dev.hone.lm.batch.BatchNotice.Kind;
import dev.hone.text.Plural;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands batches in, looks at them, and fetches what became of them: one thing after the other, on
 * one thread, which is there as long as somebody waits. Trouble that may pass is borne for a while;
 * a batch that is handed in is never handed in again before the provider was asked for it.
 */
final class BatchLoop implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(BatchLoop.class);
  private static final int MARK_LETTERS = 12;

  /** How often a provider says that it knows no batch of an earlier process until that counts. */
  private static final int MOST_MISSES = 3;

  private final String modelId;
  private final BatchApi api;
  private final BatchBook book;
  private final BatchTiming timing;
  private final @Nullable BatchFolder folder;
  private volatile BatchNotice.Listener listener;
  private Instant last = Instant.EPOCH;

  BatchLoop(
      String modelId,
      BatchApi api,
      BatchBook book,
      BatchTiming timing,
      @Nullable BatchFolder folder,
      BatchNotice.Listener listener) {
    this.modelId = modelId;
    this.api = api;
    this.book = book;
    this.timing = timing;
    this.folder = folder;
    this.listener = listener;
  }

  void listener(BatchNotice.Listener value) {
    listener = value;
  }

  /** Works until nobody waits. */
  @Override
  public void run() {
    try {
      while (book.awaitWork()) {
        for (List<WaitingCall> due = book.due(); !due.isEmpty(); due = book.due()) {
          List<String> keys = due.stream().map(WaitingCall::key).toList();
          String mark = UUID.randomUUID().toString().replace("-", "").substring(0, MARK_LETTERS);
          book.add(OpenBatch.of(mark, now(), keys), due);
          step(due);
        }
        book.dueBatches().forEach(this::step);
      }
    } catch (InterruptedException e) {
      book.failAll(new LmException.Interrupted("The batches are looked after no longer", e));
    } catch (Throwable e) {
      book.failAll(new LmException.ProviderFailed("Looking after batches failed: " + e, e));
    }
  }

  /** Later than that of the batch before, so that their order is known in every process. */
  private Instant now() {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    last = now.isAfter(last) ? now : last.plusMillis(1);
    return last;
  }

  private void step(List<WaitingCall> due) {
    OpenBatch batch = due.get(0).batch();
    if (batch != null) {
      step(batch);
    }
  }

  private void step(OpenBatch batch) {
    try {
      if (batch.id() == null) {
        handIn(batch);
      } else {
        look(batch, batch.id());
      }
      batch.troubleNanos = null;
    } catch (LmException.Retriable e) {
      later(batch, e);
    } catch (RuntimeException e) {
      fail(batch, e);
    }
  }

  private void handIn(OpenBatch batch) {
    if (batch.uncertain) {
      Optional<String> found = api.find(batch.mark(), batch.requests(), batch.since());
      batch.uncertain = false;
      if (found.isPresent()) {
        accepted(batch, found.get(), batch.isEarlier() ? Kind.RESUMED : Kind.SUBMITTED);
        return;
      }
    }
    if (batch.isEarlier()) { // that process did not live to hand it in
      forget(batch);
      book.gatherAgain(batch);
      return;
    }
    List<BatchApi.Item> items = items(batch);
    if (items.isEmpty()) {
      book.forget(batch); // all were interrupted
      return;
    }
    note(batch);
    batch.uncertain = true;
    accepted(batch, submitted(batch, items), Kind.SUBMITTED);
  }

  /** Of an interrupted call nothing is handed in; its place stays empty. */
  private List<BatchApi.Item> items(OpenBatch batch) {
    List<BatchApi.Item> items = new ArrayList<>();
    book.toHandIn(batch)
        .forEach(
            (index, call) -> items.add(new BatchApi.Item(batch.itemId(index), call.request())));
    return items;
  }

  private String submitted(OpenBatch batch, List<BatchApi.Item> items) {
    try {
      return api.submit(batch.mark(), items);
    } catch (LmException.RateLimited
        | LmException.InvalidRequest
        | LmException.ContextWindowExceeded
        | LmException.ContentRefused
        | LmException.Unauthorized e) {
      batch.uncertain = false; // that was an answer: it was not taken
      throw e;
    }
  }

  private void accepted(OpenBatch batch, String id, Kind how) {
    book.accepted(batch, id);
    note(batch);
    batch.uncertain = false;
    wait(batch, timing.firstLook());
    tell(how, batch, 0, batch.wait, "");
  }

  /** In spite of an interrupt, which would end the writing. */
  private void note(OpenBatch batch) {
    if (folder != null) {
      boolean interrupted = Thread.interrupted();
      try {
        folder.write(batch);
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  private void look(OpenBatch batch, String id) {
    Optional<BatchState> found = api.look(id);
    if (found.isEmpty()) {
      missed(batch, id);
      return;
    }
    batch.misses = 0;
    BatchState state = found.get();
    long done = state.answered() + state.failed();
    switch (state.phase()) {
      case RUNNING -> {
        boolean first = batch.isEarlier() && batch.wait.isZero();
        wait(batch, batch.wait.isZero() ? timing.firstLook() : timing.longer(batch.wait));
        tell(first ? Kind.RESUMED : Kind.WAITING, batch, done, batch.wait, "");
      }
      case FAILED -> refused(batch, state.failure().orElseThrow());
      default -> {
        Map<String, BatchedReply> results = api.results(id);
        book.ended(batch, results, missing(batch, state.phase()));
        tell(Kind.ENDED, batch, done, Duration.ZERO, ending(state));
      }
    }
  }

  private static String ending(BatchState state) {
    return switch (state.phase()) {
      case EXPIRED -> "it expired";
      case CANCELLED -> "it was cancelled";
      default -> state.failed() == 0 ? "" : state.failed() + " failed";
    };
  }

  /** What becomes of a request that the results do not have. */
  private BatchedReply missing(OpenBatch batch, BatchState.Phase phase) {
    String name = "The batch %s of %s".formatted(batch.id(), modelId);
    return BatchedReply.failed(
        switch (phase) {
          case EXPIRED ->
              new LmException.TimedOut(
                  name + " expired before the request was answered. Maybe hand in fewer at once.",
                  null);
          case CANCELLED ->
              new LmException.Vetoed(
                  name + " was cancelled before the request was answered. Maybe run it again.",
                  null);
          default ->
              new LmException.Unavailable(
                  name + " ended without an answer to the request.", null, null);
        });
  }

  /**
   * The provider does not know it (any more), or another account has it. It is paid for, so one
   * such answer is not believed; of a batch of this process none is.
   */
  private void missed(OpenBatch batch, String id) {
    batch.misses++;
    if (batch.isEarlier() && batch.misses >= MOST_MISSES) {
      LOG.warn("{} knows no batch {} of {}", modelId, id, Plural.of(batch.requests(), "request"));
      book.gatherAgain(batch);
      return;
    }
    throw new LmException.Unavailable(
        "%s does not know its batch %s. Maybe another account is asked.".formatted(modelId, id),
        null,
        null);
  }

  private void wait(OpenBatch batch, Duration duration) {
    batch.wait = duration;
    batch.nextNanos = System.nanoTime() + duration.toNanos();
  }

  private void later(OpenBatch batch, LmException.Retriable error) {
    long now = System.nanoTime();
    long since = batch.troubleNanos == null ? now : batch.troubleNanos;
    batch.troubleNanos = since;
    Duration left = timing.patience().minusNanos(now - since);
    if (left.compareTo(Duration.ZERO) <= 0) {
      fail(batch, error);
      return;
    }
    Duration usual = batch.wait.isZero() ? timing.firstLook() : timing.longer(batch.wait);
    Duration wanted = error.retryAfter().filter(asked -> asked.compareTo(usual) > 0).orElse(usual);
    Duration next = wanted.compareTo(left) > 0 ? left : wanted;
    batch.wait = wanted;
    batch.nextNanos = now + next.toNanos();
    tell(Kind.TROUBLE, batch, 0, next, String.valueOf(error.getMessage()));
  }

  /** Whoever waits gets the error. What the provider has, or may have, stays known. */
  private void fail(OpenBatch batch, RuntimeException error) {
    batch.troubleNanos = null;
    book.failWaiting(batch, error);
    if (batch.id() == null && !batch.uncertain) {
      forget(batch);
    }
    tell(Kind.ENDED, batch, 0, Duration.ZERO, String.valueOf(error.getMessage()));
  }

  /** The provider did not do it, and nothing of it was paid for. */
  private void refused(OpenBatch batch, LmException error) {
    fail(batch, error);
    forget(batch);
  }

  private void forget(OpenBatch batch) {
    if (folder != null) {
      folder.remove(batch);
    }
    book.forget(batch);
  }

  private void tell(Kind kind, OpenBatch batch, long done, Duration next, String detail) {
    String id = batch.id() == null ? "" : batch.id();
    try {
      listener.onBatch(
          new BatchNotice(kind, modelId, id, batch.requests(), done, batch.since(), next, detail));
    } catch (RuntimeException e) {
      LOG.warn("A listener of batches failed", e);
    }
  }
}
