package dev.hone.benchmarks.soak;

import dev.hone.context.Budget;
import dev.hone.context.Context;
import dev.hone.context.SpendMeter;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmUsage;
import dev.hone.pipeline.LmPipeline;
import dev.hone.pipeline.RetrySettings;
import dev.hone.pipeline.TrafficSettings;
import dev.hone.testkit.ScriptedModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Calls through the pipeline to a model in the process of which a fifth of the attempts meets a
 * fault: 429 with a wait, unavailable, a call that stalls and is given up, an exception that no
 * model should throw, and a fatal refusal. Prints what each call ended with, what the model and
 * what Hone counted, and threads and memory before and after; then how a pipeline of 1,000 places
 * meets a server of 64. Arguments: calls, calls in flight; default 50000 1000.
 */
public final class PipelineSoak {
  private static final Duration LATENCY = Duration.ofMillis(20);

  private final AtomicInteger attempts = new AtomicInteger();
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicInteger limited = new AtomicInteger();
  private final AtomicLong nextCall = new AtomicLong();

  private PipelineSoak() {}

  /** Runs both. */
  public static void main(String[] args) throws Exception {
    int calls = args.length > 0 ? Integer.parseInt(args[0]) : 50_000;
    int inFlight = args.length > 1 ? Integer.parseInt(args[1]) : 1_000;
    long threads = Thread.activeCount();
    long before = usedMegabytes();
    new PipelineSoak().soak(calls, inFlight);
    Thread.sleep(7_000); // worker threads end five seconds after their last work
    print(
        "threads before %d, after %d; heap before %d MB, after %d MB",
        threads, Thread.activeCount(), before, usedMegabytes());
    new PipelineSoak().smallServer(Duration.ofSeconds(2), 64); // to warm up
    new PipelineSoak().smallServer(Duration.ofSeconds(10), 64);
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }

  private static long usedMegabytes() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
  }

  private LmResponse faulty(LmRequest request) {
    int number = attempts.incrementAndGet();
    double at = new SplittableRandom(number * 31L + 7).nextDouble() * 100;
    pause(LATENCY);
    if (at < 6) {
      limited.incrementAndGet();
      throw new LmException.RateLimited("busy", Duration.ofMillis(20), null);
    } else if (at < 11) {
      throw new LmException.Unavailable("down", null, null);
    } else if (at < 14) {
      pause(Duration.ofSeconds(60));
    } else if (at < 17) {
      throw new IllegalStateException("a bug of a model");
    } else if (at < 20) {
      throw new LmException.InvalidRequest("not understood", null);
    }
    answered.incrementAndGet();
    String text = "echo " + request.messages().get(0).text();
    return LmResponse.of(text, LmUsage.of(10, 3), "faulty");
  }

  private static void pause(Duration duration) {
    try {
      Thread.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LmException.Interrupted("given up", e);
    }
  }

  private void soak(int calls, int inFlight) throws Exception {
    LmPipeline pipeline =
        LmPipeline.builder(ScriptedModel.replying(this::faulty))
            .noCache()
            .maxInFlight(inFlight)
            .retry(
                RetrySettings.defaults().withDelays(Duration.ofMillis(20), Duration.ofMillis(80)))
            .traffic(
                TrafficSettings.defaults()
                    .attemptTimeout(Duration.ofSeconds(5))
                    .deadline(Duration.ofSeconds(60)))
            .build();
    SpendMeter meter = new SpendMeter();
    Budget budget = Budget.unlimited();
    Context context = Context.builder().lm(pipeline).listener(meter).budget(budget).build();
    long start = System.nanoTime();
    Map<String, Integer> outcomes = outcomes(context, calls, inFlight + inFlight / 2);
    print(
        "%,d calls at %,d in flight in %.1f s: %s",
        calls, inFlight, (System.nanoTime() - start) / 1e9, outcomes);
    print(
        "attempts: model %,d, meter %,d; answered: model %,d; tokens: %,d = %,d; refused %,d,"
            + " budget %,d",
        attempts.get(),
        meter.total().lmCalls(),
        answered.get(),
        answered.get() * 13L,
        meter.total().usage().totalTokens(),
        limited.get(),
        budget.spentCalls());
  }

  private static Map<String, Integer> outcomes(Context context, int calls, int callers)
      throws Exception {
    Map<String, Integer> outcomes = new TreeMap<>();
    ExecutorService threads = Executors.newFixedThreadPool(callers);
    try {
      List<Future<String>> all = new ArrayList<>();
      for (int i = 0; i < calls; i++) {
        String text = "question " + i;
        all.add(threads.submit(() -> ask(context, text)));
      }
      for (Future<String> one : all) {
        outcomes.merge(one.get(), 1, Integer::sum);
      }
    } finally {
      threads.shutdown();
    }
    return outcomes;
  }

  private static String ask(Context context, String text) {
    try {
      String reply = context.callModel(LmRequest.of(LmMessage.user(text))).text();
      return reply.equals("echo " + text) ? "reply" : "WRONG REPLY";
    } catch (LmException e) {
      return e.getClass().getSimpleName();
    } catch (Throwable e) {
      return "NOT TYPED " + e.getClass().getName();
    }
  }

  /**
   * A server that takes a number of calls at a time, 200 ms each, and refuses the others at once.
   */
  private void smallServer(Duration time, int places) throws Exception {
    Semaphore free = new Semaphore(places);
    Duration latency = Duration.ofMillis(200);
    LanguageModel model =
        ScriptedModel.replying(
            request -> {
              if (!free.tryAcquire()) {
                limited.incrementAndGet();
                pause(Duration.ofMillis(1));
                throw new LmException.RateLimited("busy", null, null);
              }
              try {
                pause(latency);
                answered.incrementAndGet();
                return ScriptedModel.reply(request, "x");
              } finally {
                free.release();
              }
            });
    LmPipeline pipeline = LmPipeline.builder(model).noCache().maxInFlight(1_000).build();
    long end = System.nanoTime() + time.toNanos();
    ExecutorService threads = Executors.newFixedThreadPool(512);
    try {
      List<Future<Optional<String>>> all = new ArrayList<>();
      for (int i = 0; i < 512; i++) {
        all.add(threads.submit(() -> callUntil(pipeline, end)));
      }
      for (Future<Optional<String>> one : all) {
        one.get();
      }
    } finally {
      threads.shutdown();
    }
    double possible = places * (time.toMillis() / (double) latency.toMillis());
    print(
        "a server of %d places, %d s, 512 callers, 1,000 places of the pipeline: %,d answered,"
            + " %.3f of what is possible; %,d refused, %.3f of all",
        places,
        time.toSeconds(),
        answered.get(),
        answered.get() / possible,
        limited.get(),
        limited.get() / (double) (answered.get() + limited.get()));
  }

  private Optional<String> callUntil(LmPipeline pipeline, long end) {
    while (System.nanoTime() < end) {
      try {
        pipeline.call(LmRequest.of(LmMessage.user("q " + nextCall.incrementAndGet())));
      } catch (LmException e) {
        return Optional.of(e.getClass().getSimpleName());
      }
    }
    return Optional.empty();
  }
}
