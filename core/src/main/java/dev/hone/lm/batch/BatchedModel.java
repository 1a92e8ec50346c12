package dev.hone.lm.batch;

import dev.hone.InvalidInputException;
import dev.hone.SettingCheck;
import dev.hone.lm.ForwardingLanguageModel;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.ModelIdentity;
import dev.hone.pipeline.LmPipeline;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A model whose calls are answered by the batch API of its provider: later, and for less. Calls
 * that wait at the same time are handed in together as one batch, or as several where they exceed
 * what the provider takes; each ends when its batch has ended, with its reply or the error that it
 * would have had alone. Replies, caches and journals are those of the model itself.
 *
 * <pre>{@code
 * try (var batched = BatchedModel.builder(model).folder(Path.of("tickets.batches")).build()) {
 *   Context context = Context.builder().lm(batched).build();
 *   context.run(() -> BatchRun.of(program).runCsv(Path.of("new.csv"), Path.of("answered.csv")));
 * }
 * }</pre>
 *
 * <p>Every call holds a thread while it waits, for up to a day. A context with this model has
 * {@link LmPipeline#BATCHED_MAX_IN_FLIGHT} of them at once; deadlines and second attempts do not
 * apply; money is counted at the price of batches. Where one call needs the reply of another, as in
 * a program of several steps or in a search, each needs a batch of its own, one after the other.
 *
 * <p>With a folder, what is handed in is known there before it is paid for. After a kill the same
 * calls, by a model on the same folder, get the answers of the batches that were handed in, and
 * nothing is paid for twice; so it is, too, after an interrupt, which leaves batches running at the
 * provider. What a batch gave can be had again as long as the provider keeps it, about a month.
 *
 * <p>Cost: as the calls alone, at the price of batches. Thread-safe. Determinism: that of the
 * model; which calls share a batch is up to time, and does not matter to any.
 */
public final class BatchedModel extends ForwardingLanguageModel implements AutoCloseable {
  private static final AtomicLong COUNT = new AtomicLong();
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(10);

  private final long number = COUNT.incrementAndGet();
  private final BatchApi api;
  private final BatchBook book;
  private final BatchLoop loop;
  private final LmPipeline keys;
  private final @Nullable BatchFolder folder;
  private @Nullable Thread thread;
  private boolean closed;

  private BatchedModel(Builder builder, BatchApi api) {
    super(builder.model);
    this.api = api;
    this.keys = LmPipeline.builder(builder.model).noCache().build();
    this.folder = builder.folder == null ? null : BatchFolder.open(builder.folder, named());
    List<OpenBatch> earlier = folder == null ? List.of() : earlier(folder);
    this.book = new BatchBook(api.limits(), builder.timing, earlier);
    this.loop = new BatchLoop(id(), api, book, builder.timing, folder, builder.listener);
  }

  private static List<OpenBatch> earlier(BatchFolder folder) {
    try {
      return folder.read();
    } catch (RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  private String named() {
    return id() + delegate().identity().map(it -> " at " + it.address()).orElse("");
  }

  /**
   * A batched model without a folder: what is handed in is forgotten when the process ends.
   *
   * @throws InvalidInputException if the model has no batch API
   */
  public static BatchedModel of(LanguageModel model) {
    return builder(model).build();
  }

  /**
   * A builder of a batched model.
   *
   * @param model one that has a batch API, see {@link BatchLanguageModel}
   */
  public static Builder builder(LanguageModel model) {
    return new Builder(SettingCheck.given("model", model));
  }

  /**
   * Answers a request when its batch has ended.
   *
   * @throws LmException if there is no answer; of the type that a single call would have thrown.
   *     {@link LmException.TimedOut} where the batch expired before, {@link LmException.Vetoed}
   *     where somebody cancelled it at the provider
   * @throws LmException.Interrupted if the thread is interrupted; the batch goes on
   */
  @Override
  public LmResponse call(LmRequest request) {
    WaitingCall call = book.enter(request, keys.requestKey(request), api.sizeOf(request));
    keepLooking();
    try {
      return call.reply().get().read(request);
    } catch (InterruptedException e) {
      OpenBatch batch = book.leave(call);
      Thread.currentThread().interrupt();
      throw new LmException.Interrupted(interrupted(batch), e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new LmException.ProviderFailed("Waiting for a batch failed: " + e.getCause(), e);
    }
  }

  private String interrupted(@Nullable OpenBatch batch) {
    if (batch == null || batch.id() == null) {
      return "Interrupted before the call of %s was handed in".formatted(id());
    }
    String again = folder == null ? "" : "; the same call gets its answer from there";
    return "Interrupted while waiting for the batch %s of %s, which goes on at the provider%s"
        .formatted(batch.id(), id(), again);
  }

  /** Has a thread as long as somebody waits. */
  private synchronized void keepLooking() {
    if (closed) {
      book.failAll(
          new LmException.InvalidRequest("The batched model %s is closed".formatted(id()), null));
    } else if (thread == null) {
      thread = new Thread(this::lookAfter, "hone-batches");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void lookAfter() {
    while (true) {
      loop.run();
      synchronized (this) {
        if (closed || book.isIdle()) {
          thread = null;
          return;
        }
      }
    }
  }

  /** Tells this one of batches from now on, in place of the one before. */
  public void listen(BatchNotice.Listener value) {
    loop.listener(SettingCheck.given("listener", value));
  }

  /**
   * Makes sure, by a call that costs nothing, that the provider has batches and takes the
   * credential.
   *
   * @throws LmException if it does not
   */
  public void check() {
    api.check();
  }

  /** The provider's ids of the batches that are handed in and are not known to have ended. */
  public List<String> openBatches() {
    return book.open().stream().map(batch -> Objects.requireNonNull(batch.id())).toList();
  }

  /** Always true. */
  @Override
  public boolean isBatched() {
    return true;
  }

  /**
   * That of the model itself, so that caches and journals do not see how it was asked; but each
   * batched model has a pipeline of its own.
   */
  @Override
  public Optional<ModelIdentity> identity() {
    return delegate().identity().map(it -> it.withVariant("batched " + number));
  }

  /**
   * Looks after batches no longer; those at the provider go on. Calls that wait fail. Waits up to
   * 10 s for what is being handed in.
   */
  @Override
  public void close() {
    Thread running;
    synchronized (this) {
      closed = true;
      running = thread;
    }
    if (running != null) {
      running.interrupt();
    }
    book.failAll(
        new LmException.Interrupted("The batched model %s was closed".formatted(id()), null));
    if (running != null) {
      awaitEnd(running);
    }
    if (folder != null) {
      folder.close();
    }
  }

  /** What is handed in is noted before the folder is free for another process. */
  private static void awaitEnd(Thread running) {
    long endNanos = System.nanoTime() + LONGEST_CLOSE.toNanos();
    boolean interrupted = false;
    while (running != Thread.currentThread() && running.isAlive()) {
      long millis = TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime());
      if (millis <= 0) {
        break;
      }
      try {
        running.join(millis);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Builds batched models. Not thread-safe. */
  public static final class Builder {
    private final LanguageModel model;
    private @Nullable Path folder;
    private BatchTiming timing = BatchTiming.defaults();
    private BatchNotice.Listener listener = BatchNotice.Listener.NONE;

    private Builder(LanguageModel model) {
      this.model = model;
    }

    /**
     * Sets the folder in which it is noted what is handed in, which one process uses at a time; of
     * this model alone. Default: none.
     */
    public Builder folder(Path value) {
      folder = value;
      return this;
    }

    /** Sets when batches are handed in and looked at. Default: {@link BatchTiming#defaults}. */
    public Builder timing(BatchTiming value) {
      timing = value;
      return this;
    }

    /** Sets who is told of batches. Default: nobody. */
    public Builder listener(BatchNotice.Listener value) {
      listener = value;
      return this;
    }

    /**
     * Makes the model, without a call.
     *
     * @throws InvalidInputException if the model has no batch API, or options of its own; or the
     *     folder cannot be used
     */
    public BatchedModel build() {
      BatchApi api =
          BatchLanguageModel.apiOf(model)
              .orElseThrow(
                  () ->
                      InvalidInputException.of(
                          "The model %s has no batch API".formatted(model.id()),
                          "use one of openai:, anthropic: or openai-compatible:, or call it"
                              + " without batches"));
      return new BatchedModel(this, api);
    }
  }
}
