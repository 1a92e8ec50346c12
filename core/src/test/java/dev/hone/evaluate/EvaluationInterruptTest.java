package dev.hone.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.evaluate.Numbers.Answer;
import dev.hone.evaluate.Numbers.Question;
import dev.hone.lm.FakeModel;
import dev.hone.lm.LmException;
import dev.hone.metric.Metric;
import dev.hone.metric.Score;
import dev.hone.pipeline.TestThreads;
import dev.hone.program.Program;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * After an interrupt the caller comes back, with what was found and the names of what still runs.
 */
@Timeout(60)
class EvaluationInterruptTest {
  private final AtomicBoolean released = new AtomicBoolean();
  private final CountDownLatch stuck = new CountDownLatch(1);
  private final TestThreads threads = new TestThreads();

  @AfterEach
  void release() {
    released.set(true);
  }

  /** Ignores interrupts, as a loop does and a model that waits whatever happens. */
  private <T> T hang(T value) {
    stuck.countDown();
    while (!released.get()) {
      try {
        Thread.sleep(5);
      } catch (InterruptedException e) {
        // deaf
      }
    }
    return value;
  }

  private Metric<Question, Answer> loopingOn(int number) {
    return (example, output, run) ->
        example.input().number() == number ? hang(Score.of(1)) : Score.of(1);
  }

  private static final Program<Question, Answer> COPY = input -> new Answer(input.number());

  private record End(Throwable error, boolean interrupted, long millis) {}

  /** Runs code, interrupts it once something is stuck, and gives what it threw. */
  private End interrupted(Runnable code) throws Exception {
    FutureTask<End> caller =
        threads.start(
            () -> {
              try {
                code.run();
              } catch (Throwable e) {
                return new End(e, Thread.currentThread().isInterrupted(), 0);
              }
              throw new AssertionError("it returned");
            });
    assertThat(stuck.await(30, TimeUnit.SECONDS)).isTrue();
    Thread.sleep(50);
    long start = System.nanoTime();
    threads.thread(0).interrupt();
    End end = caller.get(30, TimeUnit.SECONDS);
    return new End(
        end.error(), end.interrupted(), TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
  }

  private static void assertComesBack(End end, String named, int results) {
    assertThat(end.error()).isInstanceOf(LmException.Interrupted.class).hasMessageContaining(named);
    assertThat(end.interrupted()).isTrue();
    assertThat(end.millis()).isLessThan(20_000);
    assertThat(EvaluationFailedException.in(end.error()))
        .hasValueSatisfying(soFar -> assertThat(soFar.results()).hasSize(results));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void aMetricThatLoopsOnOneExampleIsNamedAndLeftBehind(int inFlight) throws Exception {
    Context context = Numbers.context(Numbers.echo(), inFlight);

    End end =
        interrupted(
            () -> context.run(() -> Evaluator.of(Numbers.of(4), loopingOn(3)).evaluate(COPY)));

    assertComesBack(end, "Interrupted with results of 3 of 4 examples. Still running, and left", 3);
    assertThat(end.error()).hasMessageContaining("example 4 (3). Maybe");
  }

  @Test
  void aModelThatIgnoresInterruptsIsNamedAndLeftBehind() throws Exception {
    FakeModel deaf =
        Numbers.saying(number -> number == 0 ? hang(Numbers.answer(0)) : Numbers.answer(number));

    End end =
        interrupted(
            () ->
                Numbers.context(deaf, 2)
                    .run(() -> Evaluator.of(Numbers.of(40), Numbers.EXACT).evaluate(Numbers.ECHO)));

    assertThat(end.error())
        .isInstanceOf(LmException.Interrupted.class)
        .hasMessageContaining("example 1 (0)");
    assertThat(end.interrupted()).isTrue();
  }

  @Test
  void onlySomeOfManyAreNamed() throws Exception {
    Program<Question, Answer> all = input -> hang(new Answer(input.number()));

    End end =
        interrupted(
            () ->
                Numbers.context(Numbers.echo(), 8)
                    .run(() -> Evaluator.of(Numbers.of(8), Numbers.EXACT).evaluate(all)));

    assertThat(end.error()).hasMessageContaining("Interrupted with results of 0 of 8 examples.");
    assertThat(EvaluationFailedException.in(end.error())).isEmpty();
  }

  @Test
  void oneExampleOnItsOwnIsLeftBehindToo() throws Exception {
    EvaluationEngine<Question, Answer> engine =
        new EvaluationEngine<>(COPY, loopingOn(0), EvaluationSettings.defaults());
    var state = engine.runner().predictors().initialState();

    End end = interrupted(() -> engine.evaluateOne(state, Numbers.of(1).get(0)));

    assertThat(end.error())
        .isInstanceOf(LmException.Interrupted.class)
        .hasMessageContaining("the example (0)");
  }

  @Test
  void aRunThatEvaluatesSeveralProgramsSaysWhatTheInnermostSaid() throws Exception {
    Context context = Numbers.context(Numbers.echo(), 3);
    Supplier<Evaluation<Question, Answer>> one =
        () -> Evaluator.of(Numbers.of(4), loopingOn(3)).evaluate(COPY);

    End end =
        interrupted(
            () ->
                context.run(
                    () -> Context.current().workers().map(List.of(1, 2, 3), i -> one.get())));

    assertThat(end.error())
        .isInstanceOf(LmException.Interrupted.class)
        .hasMessageContaining("example 4 (3)");
    assertThat(end.millis()).isLessThan(20_000);
  }

  @Test
  void whoWaitsForAnEqualExampleComesBackAndTheNextRunDoesNotWait() throws Exception {
    Example<Question, Answer> example = Numbers.of(1).get(0);
    EvaluationEngine<Question, Answer> engine =
        new EvaluationEngine<>(COPY, loopingOn(0), EvaluationSettings.defaults());
    var state = engine.runner().predictors().initialState();
    List<Example<Question, Answer>> equal = List.of(example, example);
    Context context = Numbers.context(Numbers.echo(), 2);

    End end = interrupted(() -> context.run(() -> engine.evaluate(state, equal)));
    assertThat(end.error()).isInstanceOf(LmException.Interrupted.class);
    released.set(true);

    assertThat(context.call(() -> engine.evaluate(state, equal)).score()).isEqualTo(1);
  }

  @Test
  void workThatHeedsTheInterruptIsNotNamed() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    Program<Question, Answer> waiting =
        input -> {
          if (input.number() == 2) {
            stuck.countDown();
            try {
              never.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          }
          return COPY.run(input);
        };

    End end =
        interrupted(
            () ->
                Numbers.context(Numbers.echo(), 1)
                    .run(() -> Evaluator.of(Numbers.of(4), Numbers.EXACT).evaluate(waiting)));

    assertComesBack(end, "Interrupted with results of 2 of 4 examples.", 2);
    assertThat(end.error().getMessage()).doesNotContain("Still running");
  }

  @Test
  void theThreadsThatWereLeftBehindAreReplaced() throws Exception {
    Context context = Numbers.context(Numbers.echo(), 4);
    Program<Question, Answer> all = input -> hang(new Answer(input.number()));
    interrupted(() -> context.run(() -> Evaluator.of(Numbers.of(4), Numbers.EXACT).evaluate(all)));

    Dataset<Question, Answer> more = Numbers.of(12);
    CountDownLatch together = new CountDownLatch(4);
    Program<Question, Answer> meeting =
        input -> {
          together.countDown();
          try {
            assertThat(together.await(30, TimeUnit.SECONDS)).isTrue();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return COPY.run(input);
        };

    assertThat(context.call(() -> Evaluator.of(more, Numbers.EXACT).evaluate(meeting)).score())
        .isEqualTo(1);
  }
}
