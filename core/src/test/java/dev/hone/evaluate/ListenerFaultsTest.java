package dev.hone.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.hone.context.Context;
import dev.hone.lm.LmException;
import dev.hone.observe.Event;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a listener throws, on whichever event, costs nothing that was paid for. */
class ListenerFaultsTest {
  private static final List<Class<? extends Event>> EVENTS =
      List.of(
          EvaluationEvent.EvaluationStarted.class,
          EvaluationEvent.ExampleStarted.class,
          EvaluationEvent.ExampleFinished.class,
          EvaluationEvent.EvaluationFinished.class,
          dev.hone.program.ProgramEvent.PredictorStarted.class,
          dev.hone.program.ProgramEvent.PredictorAnswered.class,
          dev.hone.context.LmEvent.CallStarted.class,
          dev.hone.context.LmEvent.CallAnswered.class,
          dev.hone.context.LmEvent.AttemptAnswered.class);

  static Stream<Arguments> faults() {
    List<Throwable> thrown =
        List.of(
            new IllegalStateException("x"),
            new IOException("disk full"),
            new NoClassDefFoundError("io/micrometer/Timer"),
            new ExceptionInInitializerError("x"),
            new StackOverflowError(),
            new OutOfMemoryError("x"),
            new AssertionError("x"),
            new LmException.BudgetExhausted("not mine"),
            EvaluationFailedException.unfinished(List.of(), 1));
    return EVENTS.stream().flatMap(event -> thrown.stream().map(e -> Arguments.of(event, e)));
  }

  @AfterEach
  void leaveNoInterrupt() {
    Thread.interrupted();
  }

  @ParameterizedTest
  @MethodSource("faults")
  void theEvaluationIsTheSame(Class<? extends Event> kind, Throwable error) {
    AtomicInteger told = new AtomicInteger();
    Context context =
        Numbers.context(Numbers.echo(), 2)
            .withListener(
                (event, metadata) -> {
                  if (kind.isInstance(event)) {
                    told.incrementAndGet();
                    throw Numbers.<RuntimeException>sneak(error);
                  }
                });

    var evaluation =
        context.call(() -> Evaluator.of(Numbers.of(3), Numbers.EXACT).evaluate(Numbers.ECHO));

    assertThat(evaluation.score()).isEqualTo(1);
    assertThat(evaluation.spend().lmCalls()).isEqualTo(3);
    assertThat(told.get()).isPositive();
  }

  @Test
  void aListenerThatFailsWhenTheEvaluationFailsHidesNoError() {
    Context context =
        Numbers.context(
                Numbers.saying(
                    number -> {
                      throw new LmException.Unauthorized("wrong key", null);
                    }),
                2)
            .withListener(
                (event, metadata) -> {
                  throw new IllegalStateException("listener");
                });

    assertThat(
            catchThrowable(
                () ->
                    context.run(
                        () -> Evaluator.of(Numbers.of(3), Numbers.EXACT).evaluate(Numbers.ECHO))))
        .isInstanceOf(LmException.Unauthorized.class)
        .hasMessage("wrong key");
  }
}
