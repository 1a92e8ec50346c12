package dev.hone.pipeline;

import static dev.hone.lm.FakeModel.reply;
import static dev.hone.lm.FakeModel.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.lm.FakeModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole pipeline under calls that are interrupted, fail and repeat at random. */
@Timeout(30)
class LmPipelineStressTest {
  private static final int PLACES = 3;
  private static final int CALLERS = 12;
  private static final int CALLS = 3000;
  private static final int INTERRUPTS = 1000;

  private final TestThreads threads = new TestThreads();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger attempts = new AtomicInteger();
  private final Set<String> keysInFlight = ConcurrentHashMap.newKeySet();
  private final Set<String> faults = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean calm = new AtomicBoolean();
  private final CyclicBarrier all = new CyclicBarrier(PLACES);

  private final LmPipeline pipeline =
      LmPipeline.builder(new FakeModel("stressed", this::answer))
          .cache(LmCache.memory(4))
          .retry(
              RetrySettings.defaults()
                  .withMaxAttempts(2)
                  .withDelays(Duration.ofNanos(1000), Duration.ofNanos(1000)))
          .maxInFlight(PLACES)
          .build();

  private LmResponse answer(LmRequest request) {
    String key = request.messages().get(0).text();
    if (!keysInFlight.add(key)) {
      faults.add(key + " was under way twice");
    }
    if (inFlight.incrementAndGet() > PLACES) {
      faults.add("more calls were in flight than there are places");
    }
    try {
      return calm.get() ? together(key) : chancy(key);
    } finally {
      inFlight.decrementAndGet();
      keysInFlight.remove(key);
    }
  }

  /** Answers, waits, fails, or is interrupted while it waits. */
  private LmResponse chancy(String key) {
    int number = attempts.incrementAndGet();
    LockSupport.parkNanos(20_000L * (number % 5));
    if (Thread.currentThread().isInterrupted()) {
      throw new IllegalStateException("a provider that lost the interrupt's name");
    }
    return switch (number % 11) {
      case 0 -> throw new LmException.Unavailable("down", null, null);
      case 1 -> throw new LmException.InvalidRequest("no", null);
      case 2 -> throw new IllegalStateException("a bug");
      default -> reply(key);
    };
  }

  private LmResponse together(String key) {
    try {
      all.await(20, TimeUnit.SECONDS);
      return reply(key);
    } catch (Exception e) {
      throw new AssertionError("not all places were given back", e);
    }
  }

  /** Calls on one thread; returns how many of them were answered, failed and were interrupted. */
  private int[] calls(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] counts = new int[3];
    for (int i = 0; i < CALLS; i++) {
      String key = "question " + random.nextInt(8);
      try {
        if (!pipeline.call(request(key)).text().equals(key)) {
          faults.add("a reply to another question");
        }
        counts[0]++;
      } catch (LmException.Interrupted e) {
        counts[2]++;
        if (!Thread.interrupted()) {
          faults.add("an interrupt that left no flag");
        }
      } catch (LmException e) {
        counts[1]++;
      }
    }
    return counts;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void losesNoPlaceAndNoFlightHoweverCallsAreCancelled(long seed) throws Exception {
    List<FutureTask<int[]>> callers = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      long own = seed * 1000 + i;
      callers.add(threads.start(() -> calls(own)));
    }
    SplittableRandom random = new SplittableRandom(seed);
    // Interrupts end before the calls do: what they broke would leave callers waiting for ever.
    for (int i = 0; i < INTERRUPTS; i++) {
      threads.thread(random.nextInt(CALLERS)).interrupt();
      LockSupport.parkNanos(50_000);
    }
    int[] total = new int[3];
    for (FutureTask<int[]> caller : callers) {
      for (int i = 0; i < 3; i++) {
        total[i] += caller.get()[i];
      }
    }

    assertThat(faults).isEmpty();
    assertThat(total[0] + total[1] + total[2]).isEqualTo(CALLERS * CALLS);
    assertThat(total).as("answered, failed, interrupted").doesNotContain(0);
    assertEveryPlaceAndKeyIsFree();
  }

  private void assertEveryPlaceAndKeyIsFree() throws Exception {
    calm.set(true);
    List<FutureTask<String>> last = new ArrayList<>();
    for (int i = 0; i < PLACES; i++) {
      String key = "calm " + i;
      last.add(threads.start(() -> pipeline.call(request(key)).text()));
    }
    for (int i = 0; i < PLACES; i++) {
      assertThat(last.get(i).get()).isEqualTo("calm " + i);
    }
    assertThat(inFlight).hasValue(0);
    assertThat(keysInFlight).isEmpty();
  }

  @Test
  void answersEveryKeyAfterItsCallsWereCancelled() throws Exception {
    losesNoPlaceAndNoFlightHoweverCallsAreCancelled(4);
    calm.set(false);

    for (int i = 0; i < 8; i++) {
      String key = "question " + i;
      TestThreads.await(() -> answers(key));
    }
  }

  private boolean answers(String key) {
    try {
      return pipeline.call(request(key)).text().equals(key);
    } catch (LmException e) {
      return false;
    }
  }
}
