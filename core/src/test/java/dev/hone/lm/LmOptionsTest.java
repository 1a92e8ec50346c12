package dev.hone.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import org.junit.jupiter.api.Test;

class LmOptionsTest {
  private static final LmOptions ALL =
      LmOptions.builder()
          .temperature(0.5)
          .maxTokens(100)
          .topP(0.9)
          .stop("END")
          .rolloutId(3)
          .build();

  @Test
  void leavesToTheModelWhatIsNotSet() {
    LmOptions options = LmOptions.builder().build();

    assertThat(options.temperature()).isNull();
    assertThat(options.maxTokens()).isNull();
    assertThat(options.topP()).isNull();
    assertThat(options.stop()).isEmpty();
    assertThat(options.rolloutId()).isZero();
    assertThat(options).isEqualTo(LmOptions.defaults()).hasSameHashCodeAs(LmOptions.defaults());
  }

  @Test
  void copiesKeepAllThatTheyDoNotChange() {
    assertThat(ALL.toBuilder().build()).isEqualTo(ALL);
    assertThat(ALL.withTemperature(null).withTemperature(0.5)).isEqualTo(ALL);
    assertThat(ALL.withMaxTokens(1).withMaxTokens(100)).isEqualTo(ALL);
    assertThat(ALL.withRolloutId(0).withRolloutId(3)).isEqualTo(ALL);
    assertThat(ALL.with(o -> o.topP(0.1)).topP()).isEqualTo(0.1);
    assertThat(LmOptions.builder().temperature(0).build().temperature()).isZero();
  }

  @Test
  void whatTheOthersSetWinsAndWhatTheyLeaveOpenStays() {
    LmOptions others = LmOptions.builder().temperature(0.0).rolloutId(7).build();

    assertThat(ALL.mergedWith(others)).isEqualTo(ALL.withTemperature(0.0).withRolloutId(7));
    assertThat(others.mergedWith(ALL)).isEqualTo(ALL);
    assertThat(ALL.mergedWith(LmOptions.defaults())).isEqualTo(ALL);
    assertThat(LmOptions.defaults().mergedWith(ALL)).isEqualTo(ALL);
    assertThat(ALL.mergedWith(LmOptions.builder().maxTokens(1).build()).stop())
        .containsExactly("END");
  }

  @Test
  void refusesWhatIsOutOfRange() {
    assertThatThrownBy(() -> LmOptions.builder().temperature(2.1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("temperature (2.1) is not between 0 and 2. Maybe use 0.7.");
    assertThatThrownBy(() -> LmOptions.defaults().withTemperature(Double.NaN))
        .hasMessageContaining("temperature (NaN)");
    assertThatThrownBy(() -> LmOptions.builder().maxTokens(0))
        .hasMessage("maxTokens (0) is less than 1. Maybe leave it out.");
    assertThatThrownBy(() -> LmOptions.builder().topP(0.0))
        .hasMessage("topP (0.0) is not above 0 and at most 1. Maybe leave it out.");
  }
}
