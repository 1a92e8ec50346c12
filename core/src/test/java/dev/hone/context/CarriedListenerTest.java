package dev.hone.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.lm.FakeModel;
import dev.hone.observe.Event;
import dev.hone.observe.EventListener;
import dev.hone.pipeline.TestThreads;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a listener has current on a thread, as tracers do, is current where its work goes on. */
@Timeout(60)
class CarriedListenerTest {
  private static final ThreadLocal<String> CURRENT = ThreadLocal.withInitial(() -> "none");

  /** Takes the value of this thread to others. */
  private static final class Tracer implements EventListener {
    @Override
    public void onEvent(Event event, Map<String, String> metadata) {}

    @Override
    public Supplier<? extends AutoCloseable> carried() {
      String here = CURRENT.get();
      return () -> {
        String before = CURRENT.get();
        CURRENT.set(here);
        return () -> CURRENT.set(before);
      };
    }
  }

  /** Throws wherever it is asked for something to carry. */
  private record Faulty(boolean asked, boolean opened) implements EventListener {
    @Override
    public void onEvent(Event event, Map<String, String> metadata) {}

    @Override
    public Supplier<? extends AutoCloseable> carried() {
      failIf(asked);
      return () -> {
        failIf(opened);
        return () -> failIf(true);
      };
    }

    private static void failIf(boolean wanted) {
      if (wanted) {
        throw new IllegalStateException("a tracer's bug");
      }
    }
  }

  private final Context context =
      Context.builder().lm(FakeModel.saying("fine")).listener(new Tracer()).build();

  @AfterEach
  void leavesNothing() {
    CURRENT.remove();
  }

  private static List<String> seen(Context context) {
    List<Integer> items = IntStream.range(0, 20).boxed().toList();
    return context.call(
        () -> Context.current().workers().mapApart(items, 4, item -> CURRENT.get()));
  }

  @Test
  void followsToTheThreadsOfWorkers() {
    CURRENT.set("request");

    assertThat(seen(context)).hasSize(20).containsOnly("request");
  }

  @Test
  void followsToThreadsOfOnesOwnAndIsGoneThereAfterwards() throws Exception {
    CURRENT.set("request");
    Callable<String> value = context.wrap((Callable<String>) CURRENT::get);
    Executor direct = context.wrap((Executor) Runnable::run);

    FutureTask<List<String>> other =
        new TestThreads().start(() -> List.of(value.call(), CURRENT.get()));
    StringBuilder executed = new StringBuilder();
    direct.execute(() -> executed.append(CURRENT.get()));

    assertThat(other.get()).containsExactly("request", "none");
    assertThat(executed).hasToString("request");
  }

  @Test
  void aWrapperTakesWhatIsCurrentWhereItIsMade() throws Exception {
    CURRENT.set("request");
    UnaryOperator<Runnable> wrapper = context.wrapper();
    CURRENT.set("another request");

    FutureTask<String> other =
        new TestThreads()
            .start(
                () -> {
                  StringBuilder found = new StringBuilder();
                  wrapper.apply(() -> found.append(CURRENT.get())).run();
                  return found.toString();
                });

    assertThat(other.get()).isEqualTo("request");
  }

  @Test
  void whateverIsThrownOnTheWayEndsNoWork() {
    CURRENT.set("request");
    for (EventListener faulty :
        List.of(new Faulty(true, false), new Faulty(false, true), new Faulty(false, false))) {
      assertThat(seen(context.withListener(faulty))).hasSize(20).containsOnly("request");
    }
  }
}
