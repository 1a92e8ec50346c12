package dev.hone.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetrySettingsTest {
  private final LmException.Retriable down = new LmException.Unavailable("down", null, null);

  private static LmException.Retriable asking(Duration wait) {
    return new LmException.RateLimited("later", wait, null);
  }

  @Test
  void doublesTheDelayUpToTheLongest() {
    RetrySettings settings = RetrySettings.defaults();

    assertThat(settings.delay(1, down, 0.5)).isEqualTo(Duration.ofMillis(500));
    assertThat(settings.delay(2, down, 0.5)).isEqualTo(Duration.ofSeconds(1));
    assertThat(settings.delay(3, down, 0.5)).isEqualTo(Duration.ofSeconds(2));
    assertThat(settings.delay(60, down, 0.5)).isEqualTo(Duration.ofSeconds(30));
    assertThat(settings.delay(100_000, down, 0.5)).isEqualTo(Duration.ofSeconds(30));
  }

  /**
   * Is asked what it is only.
   *
   * @param isBatched whether a batch API answers
   */
  private record Stub(boolean isBatched) implements LanguageModel {
    @Override
    public LmResponse call(LmRequest request) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String id() {
      return "stub";
    }
  }

  @Test
  void givesAModelThatIsBatchedMoreTime() {
    RetrySettings batched = RetrySettings.defaultsFor(new Stub(true));

    assertThat(RetrySettings.defaultsFor(new Stub(false))).isSameAs(RetrySettings.defaults());
    assertThat(batched.totalTime()).isEqualTo(Duration.ofDays(365));
    assertThat(batched.maxAttempts()).isEqualTo(RetrySettings.defaults().maxAttempts());
  }

  @Test
  void deviatesByUpToAQuarterEitherWay() {
    RetrySettings settings = RetrySettings.defaults();

    assertThat(settings.delay(2, down, 0)).isEqualTo(Duration.ofMillis(750));
    assertThat(settings.delay(2, down, 1)).isEqualTo(Duration.ofMillis(1_250));
  }

  @Test
  void neverCutsShortWhatTheProviderAsksFor() {
    RetrySettings settings = RetrySettings.defaults();

    assertThat(settings.delay(1, asking(Duration.ofSeconds(40)), 0))
        .isEqualTo(Duration.ofSeconds(40));
    assertThat(settings.delay(1, asking(Duration.ofSeconds(40)), 1))
        .isEqualTo(Duration.ofSeconds(50));
    assertThat(settings.delay(3, asking(Duration.ofMillis(10)), 0))
        .isEqualTo(Duration.ofMillis(10));
    assertThat(settings.delay(1, asking(Duration.ZERO), 0.5)).isEqualTo(Duration.ofMillis(500));
  }

  @Test
  void namesTheSettingThatIsOutOfRange() {
    assertThatThrownBy(() -> RetrySettings.defaults().withMaxAttempts(0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("maxAttempts (0) is less than 1. Maybe raise it to 1.");
    assertThatThrownBy(() -> RetrySettings.defaults().withJitter(Double.NaN))
        .hasMessageContaining("jitter (NaN)");
    assertThatThrownBy(() -> RetrySettings.defaults().withMultiplier(0.5))
        .hasMessageContaining("multiplier (0.5)");
    assertThatThrownBy(
            () -> RetrySettings.defaults().withDelays(Duration.ofSeconds(2), Duration.ofSeconds(1)))
        .hasMessageContaining("maxDelay (PT1S) is shorter than initialDelay (PT2S)");
    assertThatThrownBy(() -> RetrySettings.defaults().withTotalTime(Duration.ofSeconds(-1)))
        .hasMessageContaining("totalTime");
  }
}
