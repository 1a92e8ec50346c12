package dev.hone.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.context.Context;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmUsage;
import dev.hone.pipeline.LmPipeline;
import dev.hone.pipeline.RetrySettings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class SilenceWatchTest {
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final AtomicLong seconds = new AtomicLong();
  private final SilenceWatch watch =
      new SilenceWatch(
          new PrintStream(said, true, StandardCharsets.UTF_8),
          Duration.ofSeconds(60),
          () -> Duration.ofSeconds(seconds.get()).toNanos());

  private String said() {
    return said.toString(StandardCharsets.UTF_8);
  }

  private void passes(int time) {
    seconds.addAndGet(time);
    watch.look();
  }

  private void call(Supplier<String> model) {
    LanguageModel slow =
        new LanguageModel() {
          @Override
          public LmResponse call(LmRequest request) {
            return LmResponse.of(model.get(), LmUsage.NONE, id());
          }

          @Override
          public String id() {
            return "slow:model";
          }
        };
    LmPipeline pipeline =
        LmPipeline.builder(slow)
            .retry(RetrySettings.defaults().withDelays(Duration.ZERO, Duration.ZERO))
            .build();
    try (watch) {
      Context.builder()
          .lm(pipeline)
          .listener(watch)
          .build()
          .callModel(LmRequest.of(LmMessage.user("a")));
    }
  }

  @Test
  void namesTheCallsThatASilentRunWaitsFor() {
    call(
        () -> {
          passes(59);
          assertThat(said()).isEmpty();
          passes(1);
          passes(30);
          return "at last";
        });

    assertThat(said().lines())
        .containsExactly(
            "Waiting for 1 call of slow:model, the oldest for 60 s: 1 sent and not answered");
  }

  @Test
  void saysItAgainAfterAsLongASilence() {
    call(
        () -> {
          passes(60);
          passes(60);
          return "at last";
        });

    assertThat(said().lines()).hasSize(2).last().asString().contains("for 120 s");
  }

  @Test
  void everySignOfLifeCounts() {
    AtomicInteger attempts = new AtomicInteger();
    call(
        () -> {
          passes(50);
          if (attempts.incrementAndGet() == 1) {
            throw new LmException.Unavailable("busy", null, null);
          }
          return "at last";
        });

    assertThat(said()).isEmpty();
  }

  @Test
  void saysNothingWhenNoCallIsUnderWay() {
    call(() -> "at once");
    passes(1_000);

    assertThat(said()).isEmpty();
  }

  @Test
  void refusesATimeThatIsTooShort() {
    assertThatThrownBy(() -> SilenceWatch.to(System.err, Duration.ofMillis(10)))
        .hasMessage("silence (PT0.01S) is under a second. Maybe use PT60S.");
  }
}
