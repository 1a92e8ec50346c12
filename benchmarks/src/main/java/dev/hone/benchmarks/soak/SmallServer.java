package dev.hone.benchmarks.soak;

import dev.hone.langchain4j.OpenAiModels;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmUsage;
import dev.hone.modelserver.ModelServer;
import dev.hone.pipeline.LmPipeline;
import dev.hone.testkit.ScriptedModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Callers without end, over loopback HTTP, of a server that takes a number of calls at a time, 200
 * ms each, and refuses all others at once with status 429, through a pipeline of 1,000 places.
 * Prints what share of the possible it answers within a time, and after its first two seconds, and
 * what share it refuses: first in this process as it begins, then in the warm one. Arguments:
 * places of the server, callers, seconds (at least 3), runs; default 64 512 10 3.
 */
public final class SmallServer {
  private static final Duration LATENCY = Duration.ofMillis(200);
  private static final Duration BEGINNING = Duration.ofSeconds(2);

  private SmallServer() {}

  /** Runs all. */
  public static void main(String[] args) throws Exception {
    int places = argument(args, 0, 64);
    int callers = argument(args, 1, 512);
    int seconds = argument(args, 2, 10);
    int runs = argument(args, 3, 3);
    System.out.println(
        "| run | answered | of the possible | after 2 s | refused | of all |\n|---|---|---|---|---|---|");
    for (int run = 1; run <= runs; run++) {
      run(run == 1 ? "cold" : "warm", places, callers, Duration.ofSeconds(seconds));
    }
  }

  private static int argument(String[] args, int index, int otherwise) {
    return args.length > index ? Integer.parseInt(args[index]) : otherwise;
  }

  private static void run(String name, int places, int callers, Duration time) throws Exception {
    LanguageModel model =
        ScriptedModel.replying(request -> LmResponse.of("x", LmUsage.of(10, 3), "small"));
    ExecutorService threads = Executors.newFixedThreadPool(callers);
    try (ModelServer server =
        ModelServer.builder(model).delay(LATENCY).maxAtOnce(places).keepNoCalls().start()) {
      LmPipeline pipeline =
          LmPipeline.builder(OpenAiModels.openAiCompatible("small", server.baseUrl(), null))
              .noCache()
              .maxInFlight(1_000)
              .build();
      AtomicInteger answered = new AtomicInteger();
      AtomicInteger number = new AtomicInteger();
      long end = System.nanoTime() + time.toNanos();
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        all.add(threads.submit(() -> callUntil(end, pipeline, answered, number)));
      }
      Thread.sleep(BEGINNING.toMillis());
      int first = answered.get();
      Thread.sleep(time.minus(BEGINNING).toMillis());
      int inTime = answered.get();
      int refused = server.refused();
      System.out.println(
          String.format(
              Locale.ROOT,
              "| %s | %,d | %.3f | %.3f | %,d | %.4f |",
              name,
              inTime,
              inTime / possible(places, time),
              (inTime - first) / possible(places, time.minus(BEGINNING)),
              refused,
              refused / (double) (inTime + refused)));
      for (Future<?> one : all) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static double possible(int places, Duration time) {
    return places * time.toMillis() / (double) LATENCY.toMillis();
  }

  private static void callUntil(
      long end, LmPipeline pipeline, AtomicInteger answered, AtomicInteger number) {
    while (System.nanoTime() < end) {
      try {
        pipeline.call(LmRequest.of(LmMessage.user("q " + number.incrementAndGet())));
        answered.incrementAndGet();
      } catch (LmException.RateLimited e) {
        // after all its retries; the next question
      }
    }
  }
}
