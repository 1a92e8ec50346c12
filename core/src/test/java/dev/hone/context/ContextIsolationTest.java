package dev.hone.context;

import static dev.hone.lm.FakeModel.reply;
import static dev.hone.lm.FakeModel.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.lm.FakeModel;
import dev.hone.lm.LmRequest;
import dev.hone.observe.Event;
import dev.hone.pipeline.LmPipeline;
import dev.hone.pipeline.TestThreads;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two concurrent contexts with different models and metadata never mix: on the caller's threads, on
 * Hone's, on threads of others, nested within each other, with one pipeline and cache for both, and
 * with one of their own for each.
 */
@Timeout(120)
class ContextIsolationTest {
  private static final int THREADS = 24;
  private static final int ROUNDS = 40;

  /** One customer: a context, and everything that its listener, interceptor and model saw. */
  private static final class Tenant {
    final String name;
    final Context context;
    final Queue<String> mixUps = new ConcurrentLinkedQueue<>();
    final AtomicInteger answered = new AtomicInteger();
    final AtomicInteger intercepted = new AtomicInteger();

    Tenant(String name, LmPipeline pipeline, Budget budget) {
      this.name = name;
      this.context =
          Context.builder()
              .lm(pipeline)
              .metadata(Context.TENANT, name)
              .budget(budget)
              .listener(this::listen)
              .interceptor(this::intercept)
              .build();
    }

    private void listen(Event event, Map<String, String> metadata) {
      if (event instanceof LmEvent.CallAnswered call) {
        answered.incrementAndGet();
        check("the listener's metadata", metadata.get(Context.TENANT));
        check("the listener's request", call.request().cacheScope());
        check("the listener's reply", call.response().text());
      }
    }

    private void intercept(LmRequest request, Map<String, String> metadata) {
      intercepted.incrementAndGet();
      check("the interceptor's metadata", metadata.get(Context.TENANT));
      check("the interceptor's request", request.cacheScope());
    }

    void check(String what, String found) {
      if (!name.equals(found)) {
        mixUps.add("%s of %s said %s".formatted(what, name, found));
      }
    }

    /** What any code of the tenant does: call the current context's model. */
    int ask(String question) {
      Context current = Context.current();
      check("the current context", current.metadata().get(Context.TENANT));
      check("the reply", current.callModel(request(question)).text());
      return 1;
    }
  }

  @Test
  void twoTenantsWithOneModelEachNeverMix() throws Exception {
    Tenant acme = tenantWithItsOwnModel("acme");
    Tenant umbrella = tenantWithItsOwnModel("umbrella");

    stress(acme, umbrella);
  }

  @Test
  void twoTenantsWithOneModelCacheAndLimitForBothNeverMix() throws Exception {
    LmPipeline shared =
        LmPipeline.builder(new FakeModel("shared", r -> reply(r.cacheScope())))
            .maxInFlight(8)
            .build();
    Tenant acme = new Tenant("acme", shared, Budget.unlimited());
    Tenant umbrella = new Tenant("umbrella", shared, Budget.unlimited());

    stress(acme, umbrella);
  }

  private static Tenant tenantWithItsOwnModel(String name) {
    LmPipeline pipeline =
        LmPipeline.builder(new FakeModel("shared id", r -> reply(name))).maxInFlight(8).build();
    return new Tenant(name, pipeline, Budget.unlimited());
  }

  private static void stress(Tenant one, Tenant two) throws Exception {
    ExecutorService foreign = Executors.newFixedThreadPool(4);
    try {
      TestThreads threads = new TestThreads();
      List<FutureTask<Integer>> callers =
          IntStream.range(0, THREADS)
              .mapToObj(i -> i % 2 == 0 ? caller(one, two, foreign) : caller(two, one, foreign))
              .map(code -> threads.start(code::run))
              .toList();
      int calls = 0;
      for (FutureTask<Integer> caller : callers) {
        calls += caller.get();
      }

      assertThat(one.mixUps).isEmpty();
      assertThat(two.mixUps).isEmpty();
      assertThat(one.answered.get() + two.answered.get()).isEqualTo(calls);
      assertThat(one.intercepted.get() + two.intercepted.get()).isEqualTo(calls);
      assertThat(Context.current().metadata()).isEmpty();
    } finally {
      foreign.shutdownNow();
    }
  }

  private interface Caller {
    int run() throws Exception;
  }

  /** Works for one tenant in every way there is, now and then for the other one within that. */
  private static Caller caller(Tenant mine, Tenant other, ExecutorService foreign) {
    return () -> {
      int calls = 0;
      for (int i = 0; i < ROUNDS; i++) {
        int round = i;
        calls += mine.context.call(() -> mine.ask("q" + round));
        calls += mine.context.call(() -> fanOut(mine, other, round));
        Future<Integer> submitted = foreign.submit(mine.context.wrap(() -> mine.ask("w" + round)));
        calls += submitted.get();
        assertThat(Context.current().metadata()).isEmpty();
      }
      return calls;
    };
  }

  private static int fanOut(Tenant mine, Tenant other, int round) {
    return Context.current()
        .workers()
        .map(
            List.of(0, 1, 2, 3, 4, 5),
            item -> {
              int calls = mine.ask("f" + round + "." + item);
              calls += nested(mine, round);
              calls += other.context.call(() -> other.ask("n" + round) + nested(other, round));
              return calls + mine.ask("g" + round);
            })
        .stream()
        .mapToInt(Integer::intValue)
        .sum();
  }

  private static int nested(Tenant tenant, int round) {
    return Context.current()
        .workers()
        .map(List.of(0, 1, 2), item -> tenant.ask("m" + round + "." + item))
        .stream()
        .mapToInt(Integer::intValue)
        .sum();
  }
}
