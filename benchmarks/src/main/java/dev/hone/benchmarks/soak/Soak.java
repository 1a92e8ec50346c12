package dev.hone.benchmarks.soak;

import dev.hone.context.Budget;
import dev.hone.context.Context;
import dev.hone.context.Spend;
import dev.hone.context.SpendMeter;
import dev.hone.langchain4j.OpenAiModels;
import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.pipeline.LmPipeline;
import dev.hone.testkit.FaultyServer;
import dev.hone.testkit.FaultyServer.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Calls over loopback HTTP, first of a server without faults, then of one that refuses 5% of the
 * attempts, breaks on 2%, and stalls, cuts off or answers nonsense on 1% each. Prints what each
 * call ended with, the calls that ended per second until 99% had, the ratio of both runs, and what
 * server and client counted. Arguments: calls, calls in flight, milliseconds of a call,
 * milliseconds that a reply may take; default 20000 1000 200 1000.
 *
 * <p>There are half as many callers again as places in flight, so that those that wait to try again
 * leave no place empty.
 */
public final class Soak {
  private static final double COUNTED_SHARE = 0.99;

  private final int calls;
  private final int inFlight;
  private final Duration latency;
  private final Duration replyTimeout;

  private Soak(int calls, int inFlight, Duration latency, Duration replyTimeout) {
    this.calls = calls;
    this.inFlight = inFlight;
    this.latency = latency;
    this.replyTimeout = replyTimeout;
  }

  /** Runs both, after a short run to warm up. */
  public static void main(String[] args) throws Exception {
    int calls = argument(args, 0, 20_000);
    int inFlight = argument(args, 1, 1_000);
    Duration latency = Duration.ofMillis(argument(args, 2, 200));
    Duration replyTimeout = Duration.ofMillis(argument(args, 3, 1_000));
    new Soak(Math.min(calls, 4 * inFlight), inFlight, latency, replyTimeout)
        .run((text, attempt) -> Fault.NONE);
    Soak soak = new Soak(calls, inFlight, latency, replyTimeout);
    double good = soak.report("without faults", (text, attempt) -> Fault.NONE);
    double faulty = soak.report("with faults", Soak::fault);
    System.out.printf("ratio of throughput until 99%% have ended: %.3f%n", faulty / good);
  }

  private static int argument(String[] args, int index, int otherwise) {
    return args.length > index ? Integer.parseInt(args[index]) : otherwise;
  }

  /** The fault of an attempt, the same in every run. */
  static Fault fault(String text, int attempt) {
    SplittableRandom random = new SplittableRandom(text.hashCode() * 31L + attempt * 7919L);
    random.nextLong();
    double at = random.nextDouble() * 100;
    if (at < 5) {
      return Fault.RATE_LIMITED;
    } else if (at < 7) {
      return Fault.BROKEN;
    } else if (at < 8) {
      return Fault.STALLED;
    } else if (at < 9) {
      return Fault.TRUNCATED;
    }
    return at < 10 ? Fault.WRONG_CONTENT : Fault.NONE;
  }

  private record Run(
      Map<String, Integer> outcomes,
      double callsPerSecond,
      Spend spend,
      long budget,
      String server) {}

  private double report(String name, FaultyServer.Faults faults) throws Exception {
    Run run = run(faults);
    System.out.printf(
        "%s: %,d calls, at most %,d in flight: %,.0f calls/s%n  outcomes %s%n  client %s, budget %,d"
            + " calls%n  server %s%n",
        name,
        calls,
        inFlight,
        run.callsPerSecond(),
        run.outcomes(),
        run.spend(),
        run.budget(),
        run.server());
    return run.callsPerSecond();
  }

  private Run run(FaultyServer.Faults faults) throws Exception {
    try (FaultyServer server = new FaultyServer(latency, faults)) {
      LmPipeline pipeline =
          LmPipeline.builder(
                  OpenAiModels.openAiCompatible("soak", server.baseUrl(), null, replyTimeout))
              .noCache()
              .maxInFlight(inFlight)
              .build();
      SpendMeter meter = new SpendMeter();
      Budget budget = Budget.unlimited();
      Context context = Context.builder().lm(pipeline).listener(meter).budget(budget).build();
      AtomicInteger ended = new AtomicInteger();
      AtomicLong mostEnded = new AtomicLong();
      long start = System.nanoTime();
      Map<String, Integer> outcomes = new TreeMap<>();
      ExecutorService callers = Executors.newFixedThreadPool(inFlight + inFlight / 2);
      try {
        List<Future<String>> all = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
          String text = "question " + i;
          all.add(
              callers.submit(
                  () -> {
                    String outcome = ask(context, text);
                    if (ended.incrementAndGet() == (int) (calls * COUNTED_SHARE)) {
                      mostEnded.set(System.nanoTime());
                    }
                    return outcome;
                  }));
        }
        for (Future<String> one : all) {
          outcomes.merge(outcome(one), 1, Integer::sum);
        }
      } finally {
        callers.shutdownNow();
      }
      return new Run(
          outcomes,
          calls * COUNTED_SHARE * 1e9 / (mostEnded.get() - start),
          meter.total(),
          budget.spentCalls(),
          counts(server));
    }
  }

  private static String outcome(Future<String> call) throws InterruptedException {
    try {
      return call.get();
    } catch (ExecutionException e) {
      return "NOT TYPED " + e.getCause();
    }
  }

  private static String ask(Context context, String text) {
    try {
      String reply = context.callModel(LmRequest.of(LmMessage.user(text))).text();
      return reply.equals("echo " + text) ? "reply" : "WRONG REPLY";
    } catch (LmException e) {
      return e.getClass().getSimpleName();
    }
  }

  private static String counts(FaultyServer server) {
    StringBuilder text = new StringBuilder("%,d attempts:".formatted(server.attempts()));
    for (Fault fault : Fault.values()) {
      text.append(" %s %,d".formatted(fault, server.count(fault)));
    }
    int tokens = server.count(Fault.NONE) * FaultyServer.TOKENS_PER_REPLY;
    return text.append(", %,d tokens in good replies".formatted(tokens)).toString();
  }
}
