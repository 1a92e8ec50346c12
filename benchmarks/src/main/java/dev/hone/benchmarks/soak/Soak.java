package dev.hone.benchmarks.soak;

import dev.hone.context.Budget;
import dev.hone.context.Context;
import dev.hone.langchain4j.OpenAiModels;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmUsage;
import dev.hone.modelserver.FaultPlan;
import dev.hone.modelserver.ModelServer;
import dev.hone.pipeline.LmPipeline;
import dev.hone.testkit.ScriptedModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Calls over loopback HTTP, first of a server without faults, then of one where a fifth of the
 * attempts meets one of the {@link SoakFaults}. Checks that every call ends in its own reply, or in
 * the error that is right for the fault its last attempt met; that server, client and budget count
 * the same attempts and tokens, the budget those too that were reserved for attempts that timed
 * out; that threads and memory go back. Prints all of it, and the ratio of calls per second until
 * 99% had ended. Exit code 1 if something is not as it must be. Arguments: calls, calls in flight,
 * milliseconds of a call, milliseconds that a reply may take; default 50000 1000 200 2000.
 *
 * <p>There are half as many callers again as places in flight, so that those that wait to try again
 * leave no place empty.
 */
public final class Soak {
  private static final double COUNTED_SHARE = 0.99;
  private static final int TOKENS_PER_REPLY = 13;

  /** The JDK's HTTP client keeps idle threads for a minute. */
  private static final Duration THREADS_END = Duration.ofSeconds(70);

  private final int calls;
  private final int inFlight;
  private final Duration latency;
  private final Duration replyTimeout;
  private boolean good = true;

  private Soak(int calls, int inFlight, Duration latency, Duration replyTimeout) {
    this.calls = calls;
    this.inFlight = inFlight;
    this.latency = latency;
    this.replyTimeout = replyTimeout;
  }

  /** Runs both, after a short run to warm up. */
  public static void main(String[] args) throws Exception {
    int calls = argument(args, 0, 50_000);
    int inFlight = argument(args, 1, 1_000);
    Duration latency = Duration.ofMillis(argument(args, 2, 200));
    Duration replyTimeout = Duration.ofMillis(argument(args, 3, 2_000));
    new Soak(Math.min(calls, 4 * inFlight), inFlight, latency, replyTimeout)
        .run(new SoakFaults(0, replyTimeout));
    Footprint before = Footprint.after(THREADS_END);
    Soak soak = new Soak(calls, inFlight, latency, replyTimeout);
    double plain = soak.run(new SoakFaults(0, replyTimeout));
    double faulty = soak.run(new SoakFaults(0.2, replyTimeout));
    print("ratio of throughput until 99%% had ended: %.3f", faulty / plain);
    Footprint after = Footprint.after(THREADS_END);
    print("threads and heap before: %s%nand after: %s", before, after);
    soak.require(after.isBackAt(before), "threads or memory did not go back");
    print(soak.good ? "all as it must be" : "NOT AS IT MUST BE");
    System.exit(soak.good ? 0 : 1);
  }

  private static int argument(String[] args, int index, int otherwise) {
    return args.length > index ? Integer.parseInt(args[index]) : otherwise;
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }

  private void require(boolean condition, String otherwise) {
    if (!condition) {
      good = false;
      print("NOT SO: %s", otherwise);
    }
  }

  /** The calls per second until 99% had ended. */
  private double run(SoakFaults faults) throws Exception {
    LanguageModel echo = ScriptedModel.replying(Soak::echo);
    FaultPlan plan = faults;
    try (ModelServer server = ModelServer.builder(echo).delay(latency).faults(plan).start()) {
      LmPipeline pipeline =
          LmPipeline.builder(
                  OpenAiModels.openAiCompatible("soak", server.baseUrl(), null, replyTimeout))
              .noCache()
              .maxInFlight(inFlight)
              .build();
      SoakBooks books = new SoakBooks();
      Budget budget = Budget.unlimited();
      Context context = Context.builder().lm(pipeline).listener(books).budget(budget).build();
      AtomicInteger ended = new AtomicInteger();
      AtomicLong mostEnded = new AtomicLong();
      long start = System.nanoTime();
      Map<String, Integer> outcomes = outcomes(context, faults, ended, mostEnded);
      double perSecond = calls * COUNTED_SHARE * 1e9 / (mostEnded.get() - start);
      print(
          "%,d calls at %,d in flight, faults at %.0f%% of the attempts: %,.0f calls/s, %.1f s",
          calls, inFlight, faults.share() * 100, perSecond, (System.nanoTime() - start) / 1e9);
      outcomes.forEach((outcome, count) -> print("  %,8d %s", count, outcome));
      check(server, faults, books, budget, outcomes);
      return perSecond;
    }
  }

  private static LmResponse echo(LmRequest request) {
    String text = "echo " + request.messages().get(0).text();
    return LmResponse.of(text, LmUsage.of(10, 3), "soak");
  }

  private void check(
      ModelServer server,
      SoakFaults faults,
      SoakBooks books,
      Budget budget,
      Map<String, Integer> outcomes) {
    int all = outcomes.values().stream().mapToInt(Integer::intValue).sum();
    long replies =
        outcomes.entrySet().stream()
            .filter(entry -> entry.getKey().startsWith("reply"))
            .mapToLong(Map.Entry::getValue)
            .sum();
    long attempts = server.calls().size();
    long refused = faults.refused();
    print(
        "  attempts: server %,d, client %,d, budget %,d and %,d refused; most in flight %,d",
        attempts, books.total().lmCalls(), budget.spentCalls(), refused, server.maxInFlight());
    print(
        "  tokens: %,d replies, client %,d, budget %,d, of which %,d of attempts that timed out",
        replies, books.total().usage().totalTokens(), budget.spentTokens(), books.givenUpTokens());
    require(all == calls, "a call was lost");
    require(outcomes.keySet().stream().noneMatch(o -> o.startsWith("WRONG")), "a wrong outcome");
    require(attempts == books.total().lmCalls(), "server and client count other attempts");
    require(attempts == budget.spentCalls() + refused, "the budget counts other attempts");
    long tokens = replies * TOKENS_PER_REPLY;
    require(tokens == books.total().usage().totalTokens(), "the client counts other tokens");
    require(
        tokens + books.givenUpTokens() == budget.spentTokens(), "the budget counts other tokens");
  }

  private Map<String, Integer> outcomes(
      Context context, SoakFaults faults, AtomicInteger ended, AtomicLong mostEnded)
      throws Exception {
    Map<String, Integer> outcomes = new TreeMap<>();
    ExecutorService callers = Executors.newFixedThreadPool(inFlight + inFlight / 2);
    try {
      List<Future<String>> all = new ArrayList<>();
      for (int i = 0; i < calls; i++) {
        String text = "question " + i;
        all.add(
            callers.submit(
                () -> {
                  String outcome = ask(context, text, faults);
                  if (ended.incrementAndGet() == (int) (calls * COUNTED_SHARE)) {
                    mostEnded.set(System.nanoTime());
                  }
                  return outcome;
                }));
      }
      for (Future<String> one : all) {
        outcomes.merge(one.get(), 1, Integer::sum);
      }
    } finally {
      callers.shutdownNow();
    }
    return outcomes;
  }

  private static String ask(Context context, String text, SoakFaults faults) {
    try {
      String reply = context.callModel(LmRequest.of(LmMessage.user(text))).text();
      return faults.judge(text, reply.equals("echo " + text) ? "reply" : "another's reply");
    } catch (LmException e) {
      return faults.judge(text, e.getClass().getSimpleName());
    } catch (Throwable e) {
      return "WRONG: not typed, " + e.getClass().getName();
    }
  }
}
