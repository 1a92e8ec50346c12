package dev.hone.lm.batch;

import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmUsage;
import dev.hone.lm.batch.BatchState.Phase;
import java.lang.ref.WeakReference;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A provider with a batch API, all in memory; its batches end when they are told to. */
final class FakeBatches implements BatchApi, BatchLanguageModel {
  private final Limits limits;
  private final Map<String, List<Item>> batches = new LinkedHashMap<>();
  private final Map<String, String> marks = new HashMap<>();
  private final Deque<LmException> submitFaults = new ArrayDeque<>();
  private final Deque<LmException> lookFaults = new ArrayDeque<>();
  private Phase phase = Phase.RUNNING;
  private int answeredAtMost = Integer.MAX_VALUE;
  private boolean keepsWhatItFails;
  private final List<WeakReference<BatchedReply>> given = new ArrayList<>();
  private int hiddenLooks;
  private CountDownLatch submitting = new CountDownLatch(0);
  private CountDownLatch submitted = new CountDownLatch(0);
  private CountDownLatch looked = new CountDownLatch(1);

  FakeBatches(int mostRequests) {
    limits = new Limits(mostRequests, 1_000_000);
  }

  static LmRequest request(String text) {
    return LmRequest.of(LmMessage.user(text));
  }

  /** All batches end so from now on. */
  synchronized FakeBatches ending(Phase value) {
    phase = value;
    return this;
  }

  /** Of each batch only this many requests are answered. */
  synchronized FakeBatches answering(int most) {
    answeredAtMost = most;
    return this;
  }

  /** The next submission fails, though the batch may arrive. */
  synchronized FakeBatches failingSubmit(LmException error, boolean arrives) {
    submitFaults.add(error);
    keepsWhatItFails = arrives;
    return this;
  }

  synchronized FakeBatches failingLook(LmException error) {
    lookFaults.add(error);
    return this;
  }

  /** The next looks find no batch. */
  synchronized FakeBatches hiding(int looks) {
    hiddenLooks = looks;
    return this;
  }

  /** How many of the replies that were fetched are held by anybody. */
  synchronized long held() {
    return given.stream().filter(reply -> reply.get() != null).count();
  }

  /** A submission waits for the one, after it has counted down the other. */
  synchronized FakeBatches submittingSlowly(CountDownLatch begun, CountDownLatch goOn) {
    submitting = begun;
    submitted = goOn;
    return this;
  }

  private void awaitSubmission() {
    submitting.countDown();
    boolean interrupted = false;
    while (submitted.getCount() > 0) {
      try {
        submitted.await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  synchronized List<Integer> sizes() {
    return batches.values().stream().map(List::size).toList();
  }

  synchronized void forgetAll() {
    batches.clear();
    marks.clear();
  }

  /** Waits until a batch is looked at from now on. */
  void awaitLook() throws InterruptedException {
    CountDownLatch latch;
    synchronized (this) {
      latch = new CountDownLatch(1);
      looked = latch;
    }
    if (!latch.await(30, TimeUnit.SECONDS)) {
      throw new AssertionError("No batch was looked at");
    }
  }

  @Override
  public Limits limits() {
    return limits;
  }

  @Override
  public long sizeOf(LmRequest request) {
    return request.messages().get(0).text().length();
  }

  @Override
  public void check() {}

  @Override
  public String submit(String mark, List<Item> items) {
    awaitSubmission();
    return taken(mark, items);
  }

  private synchronized String taken(String mark, List<Item> items) {
    String id = "b" + (batches.size() + 1);
    LmException fault = submitFaults.poll();
    if (fault == null || keepsWhatItFails) {
      batches.put(id, items);
      marks.put(mark, id);
    }
    if (fault != null) {
      throw fault;
    }
    return id;
  }

  @Override
  public synchronized Optional<String> find(String mark, int requests, Instant since) {
    return Optional.ofNullable(marks.get(mark));
  }

  @Override
  public synchronized Optional<BatchState> look(String id) {
    looked.countDown();
    LmException fault = lookFaults.poll();
    if (fault != null) {
      throw fault;
    }
    return batches.containsKey(id) && hiddenLooks-- <= 0
        ? Optional.of(
            phase == Phase.FAILED
                ? BatchState.failed(new LmException.InvalidRequest("malformed", null))
                : BatchState.of(phase, 0, 0))
        : Optional.empty();
  }

  @Override
  public synchronized Map<String, BatchedReply> results(String id) {
    Map<String, BatchedReply> replies = new HashMap<>();
    for (Item item : batches.getOrDefault(id, List.of())) {
      if (replies.size() < answeredAtMost) {
        String first = item.request().messages().get(0).text();
        BatchedReply reply =
            request ->
                LmResponse.of(
                    "%s from %s".formatted(first, id), LmUsage.of(1_000_000, 1_000_000), id());
        given.add(new WeakReference<>(reply));
        replies.put(item.id(), reply);
      }
    }
    return replies;
  }

  @Override
  public Optional<BatchApi> batchApi() {
    return Optional.of(this);
  }

  @Override
  public LmResponse call(LmRequest request) {
    throw new AssertionError("A batched model makes no single calls");
  }

  @Override
  public String id() {
    return "openai:fake";
  }
}
