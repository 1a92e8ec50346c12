package dev.hone.lm.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.lm.ModelIdentity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefusedOptionsTest {
  private static final LmRequest REQUEST =
      LmRequest.of(LmMessage.user("hi"))
          .withOptions(
              LmOptions.builder().temperature(0.5).topP(0.9).maxTokens(10).stop("END").build());

  private final RefusedOptions refused = RefusedOptions.none();

  private boolean learn(String words) {
    return refused.learn(new LmException.InvalidRequest(words, null), REQUEST, false);
  }

  @Test
  void callsTheLimitByItsOtherNameOnceThatIsAskedFor() {
    assertThat(
            learn(
                "Unsupported parameter: 'max_tokens' is not supported with this model. Use"
                    + " 'max_completion_tokens' instead."))
        .isTrue();

    assertThat(refused.otherLimit()).isTrue();
    assertThat(refused.allowed(REQUEST).options().maxTokens()).isEqualTo(10);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Unsupported value: 'temperature' does not support 0.5 with this model. Only the default"
            + " (1) value is supported.",
        "`temperature` is deprecated for this model.",
        "`temperature` may only be set to 1 when thinking is enabled.",
        "Unrecognized request argument supplied: temperature",
        "temperature: Extra inputs are not permitted"
      })
  void leavesOutATemperatureThatIsNotTaken(String words) {
    assertThat(learn(words)).isTrue();

    assertThat(refused.allowed(REQUEST).options().temperature()).isNull();
    assertThat(refused.allowed(REQUEST).options().topP()).isEqualTo(0.9);
  }

  @Test
  void keepsTheTemperatureWhereOnlyBothAreRefused() {
    assertThat(
            learn(
                "`temperature` and `top_p` cannot both be specified for this model. Please use"
                    + " only one."))
        .isTrue();

    assertThat(refused.allowed(REQUEST).options().topP()).isNull();
    assertThat(refused.allowed(REQUEST).options().temperature()).isEqualTo(0.5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "max_tokens is too large: 100000. This model supports at most 16384 completion tokens.",
        "temperature: range: 0..1",
        "messages: roles must alternate",
        "Unsupported image type"
      })
  void learnsNothingFromOtherErrors(String words) {
    assertThat(learn(words)).isFalse();
    assertThat(refused.allowed(REQUEST)).isSameAs(REQUEST);
  }

  @Test
  void learnsNothingAboutWhatWasNotSent() {
    LmRequest plain = LmRequest.of(LmMessage.user("hi"));

    assertThat(
            refused.learn(
                new LmException.InvalidRequest("unsupported parameter: temperature", null),
                plain,
                false))
        .isFalse();
  }

  @Test
  void isRememberedByTheModelsIdentity() {
    ModelIdentity same = ModelIdentity.of("x:remembered", "http://h/v1", "key");

    RefusedOptions.of(same).addSampling();

    assertThat(RefusedOptions.of(ModelIdentity.of("x:remembered", "http://h/v1", "key")))
        .hasToString("RefusedOptions[TOP_P, TEMPERATURE]");
    assertThat(RefusedOptions.of(ModelIdentity.of("x:other", "http://h/v1", "key")))
        .hasToString("RefusedOptions[]");
  }
}
