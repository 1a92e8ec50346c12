package dev.hone.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.json.Json;
import dev.hone.lm.FakeModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.ResponseFormat;
import dev.hone.lm.ResponseFormat.JsonSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** K-H2: whether a model takes a schema or a temperature is known by trying. */
class FallbackStepTest {
  private final List<LmRequest> asked = new ArrayList<>();
  private final List<LmException> failures = new ArrayList<>();
  private final AttemptListener listener =
      new AttemptListener() {
        @Override
        public void afterFailure(LmException error) {
          failures.add(error);
        }
      };

  /** A model's pipeline that refuses what a function gives words for. */
  private LmPipeline refusing(Function<LmRequest, String> refusal) {
    return LmPipeline.builder(
            FakeModel.responding(
                request -> {
                  asked.add(request);
                  String words = refusal.apply(request);
                  if (!words.isEmpty()) {
                    throw new LmException.InvalidRequest(words, null);
                  }
                  return FakeModel.reply("ok");
                }))
        .build();
  }

  private static LmRequest inJson(String text, String schema) {
    return FakeModel.request(text).toBuilder()
        .format(ResponseFormat.jsonSchema(schema, Json.object().put("title", schema)))
        .build();
  }

  private static LmRequest warm(String text, double temperature) {
    return FakeModel.request(text).withOptions(LmOptions.defaults().withTemperature(temperature));
  }

  private static boolean hasSchema(LmRequest request) {
    return request.format() instanceof JsonSchema;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Invalid parameter: 'response_format' of type 'json_schema' is not supported.",
        "This response_format type is unavailable now",
        "The specified schema produces a constraint that has too many states for serving.",
        "Unrecognized request argument supplied: response_format",
        "extra fields not permitted",
        "'response_format.type' must be 'text'",
        "no message"
      })
  void asksOnceMoreWithoutASchemaThatIsRefusedAndRemembers(String words) {
    LmPipeline model = refusing(request -> hasSchema(request) ? words : "");

    for (String text : List.of("a", "b", "c")) {
      assertThat(model.call(inJson(text, "s"), listener).text()).isEqualTo("ok");
    }
    assertThat(model.call(inJson("d", "other"), listener).text()).isEqualTo("ok");

    assertThat(asked)
        .extracting(FallbackStepTest::hasSchema)
        .containsExactly(true, false, false, false, false);
    assertThat(failures).hasSize(1);
  }

  @Test
  void aModelThatThrowsOneInstanceEachTimeFailsWithIt() {
    LmException no = new LmException.InvalidRequest("no", null);
    FakeModel model =
        FakeModel.responding(
            request -> {
              throw no;
            });

    assertThatThrownBy(() -> LmPipeline.builder(model).build().call(inJson("a", "s")))
        .isSameAs(no)
        .hasNoSuppressedExceptions();
    assertThat(model.calls()).isEqualTo(2);
  }

  @Test
  void aModelThatTakesSchemasIsAskedWithThem() {
    LmPipeline model = refusing(request -> "");

    model.call(inJson("a", "s"));
    model.call(inJson("b", "s"));

    assertThat(asked).hasSize(2).allMatch(FallbackStepTest::hasSchema);
  }

  @Test
  void oneSchemaThatIsTooMuchLeavesTheOthers() {
    LmPipeline model =
        refusing(
            request ->
                request.format() instanceof JsonSchema s && s.name().equals("big")
                    ? "schema too complex"
                    : "");

    model.call(inJson("a", "small"));
    model.call(inJson("b", "big"));
    model.call(inJson("c", "big"));
    model.call(inJson("d", "small"));

    assertThat(asked)
        .extracting(FallbackStepTest::hasSchema)
        .containsExactly(true, true, false, false, true);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Failed to generate JSON. Please adjust your prompt. See 'failed_generation'.",
        "json_validate_failed",
        "The model's output did not match the schema"
      })
  void aReplyThatFailedAtTheSchemaSaysNothingOfTheNextOne(String words) {
    LmPipeline model =
        refusing(
            request -> hasSchema(request) && FakeModel.last(request).equals("hard") ? words : "");

    model.call(inJson("hard", "s"));
    model.call(inJson("easy", "s"));

    assertThat(asked).extracting(FallbackStepTest::hasSchema).containsExactly(true, false, true);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Unsupported value: 'temperature' does not support 0.7 with this model. Only the default (1)",
        "`temperature` is deprecated for this model.",
        "Temperature must be between 0 and 0.5"
      })
  void leavesOutATemperatureThatIsRefusedAndRemembersTheValue(String words) {
    LmPipeline model =
        refusing(
            request ->
                request.options().temperature() != null && request.options().temperature() > 0.5
                    ? words
                    : "");

    model.call(warm("a", 0.7));
    model.call(warm("b", 0.7));
    model.call(warm("c", 0.3));

    assertThat(asked)
        .extracting(request -> request.options().temperature())
        .containsExactly(0.7, null, null, 0.3);
  }

  @Test
  void leavesOutBothIfBothAreRefused() {
    LmPipeline model =
        refusing(
            request ->
                request.options().temperature() != null
                    ? "temperature is not supported"
                    : hasSchema(request) ? "no response_format" : "");
    LmRequest both = inJson("a", "s").withOptions(LmOptions.defaults().withTemperature(0.7));

    model.call(both);
    model.call(both.withOptions(both.options().withRolloutId(1)));

    assertThat(asked).hasSize(4);
    assertThat(asked.get(3).options().temperature()).isNull();
    assertThat(hasSchema(asked.get(3))).isFalse();
  }

  @Test
  void findsTheReplyInTheCacheUnderTheRequestAsItCame() {
    LmPipeline model = refusing(request -> hasSchema(request) ? "no" : "");

    LmResponse first = model.call(inJson("a", "s"));
    LmResponse second = model.call(inJson("a", "s"));

    assertThat(first.cached()).isFalse();
    assertThat(second.cached()).isTrue();
    assertThat(asked).hasSize(2);
  }

  @Test
  void aRequestThatIsRefusedEitherWaySaysBothAndIsNotRemembered() {
    LmPipeline model =
        refusing(
            request -> FakeModel.last(request).equals("bad") ? "bad " + hasSchema(request) : "");

    assertThatThrownBy(() -> model.call(inJson("bad", "s")))
        .isInstanceOf(LmException.InvalidRequest.class)
        .hasMessage("bad false")
        .satisfies(e -> assertThat(e.getSuppressed()[0]).hasMessage("bad true"));
    model.call(inJson("good", "s"));

    assertThat(asked).extracting(FallbackStepTest::hasSchema).containsExactly(true, false, true);
  }

  @Test
  void doesNotAskAgainWhereNothingCanBeLeftOut() {
    LmPipeline model = refusing(request -> "temperature? no such model");

    assertThatThrownBy(() -> model.call(FakeModel.request("a")))
        .isInstanceOf(LmException.InvalidRequest.class);
    assertThatThrownBy(() -> refusing(r -> "no such model").call(warm("a", 0.7)))
        .isInstanceOf(LmException.InvalidRequest.class);

    assertThat(asked).hasSize(2);
  }
}
