package dev.hone.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.context.Context;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.pipeline.LmPipeline;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SlowModelTest extends LanguageModelContract {
  private static final Duration LATENCY = Duration.ofMillis(20);

  @Override
  protected LanguageModel model() {
    return SlowModel.of(ScriptedModel.answering(request -> "ok"), Duration.ofMillis(1));
  }

  @Test
  void takesItsTimeAndCountsTheCallsInFlight() {
    SlowModel model = SlowModel.of(ScriptedModel.answering(request -> "ok"), LATENCY);
    Context context =
        Context.builder().lm(LmPipeline.builder(model).maxInFlight(10).build()).build();

    long start = System.nanoTime();
    context.call(
        () ->
            context
                .workers()
                .map(
                    IntStream.range(0, 50).boxed().toList(),
                    i -> context.callModel(LmRequest.of(LmMessage.user("question " + i)))));
    Duration took = Duration.ofNanos(System.nanoTime() - start);

    assertThat(took).isGreaterThanOrEqualTo(LATENCY.multipliedBy(5));
    assertThat(model.calls()).isEqualTo(50);
    assertThat(model.maxInFlight()).isBetween(1, 10);
    assertThat(model.inFlight()).isZero();
  }

  @Test
  void stopsAtAnInterrupt() {
    SlowModel model = SlowModel.of(ScriptedModel.answering(request -> "ok"), Duration.ofMinutes(5));
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> model.call(request("Hello?")))
        .isInstanceOf(LmException.Interrupted.class);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(model.inFlight()).isZero();
  }
}
