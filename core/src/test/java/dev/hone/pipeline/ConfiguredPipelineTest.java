package dev.hone.pipeline;

import static dev.hone.lm.FakeModel.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.context.Context;
import dev.hone.lm.FakeModel;
import dev.hone.lm.ForwardingLanguageModel;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmOptions;
import dev.hone.lm.ModelIdentity;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A pipeline made directly of a model with options. */
class ConfiguredPipelineTest {
  private static final class Identified extends ForwardingLanguageModel {
    Identified(LanguageModel model) {
      super(model);
    }

    @Override
    public Optional<ModelIdentity> identity() {
      return Optional.of(ModelIdentity.of(id(), "http://configured", "key"));
    }
  }

  private final FakeModel fake =
      FakeModel.answering(request -> "t=" + request.options().temperature());

  private LanguageModel model(boolean hasIdentity) {
    return hasIdentity ? new Identified(fake) : fake;
  }

  private static LanguageModel at(LanguageModel model, int temperature) {
    return model.withOptions(o -> o.temperature(temperature));
  }

  private static String answer(LanguageModel model) {
    return model.call(request("same")).text();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void answersUnderTheOptionsThatItWasMadeOf(boolean hasIdentity) {
    LanguageModel model = model(hasIdentity);

    assertThat(answer(LmPipeline.of(at(model, 0)))).isEqualTo("t=0.0");
    assertThat(answer(LmPipeline.of(at(model, 1)))).isEqualTo("t=1.0");
    assertThat(answer(LmPipeline.of(model))).isEqualTo("t=null");
    assertThat(answer(at(LmPipeline.of(at(model, 0)), 2))).isEqualTo("t=2.0");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void sharesTheCacheOfTheModelItself(boolean hasIdentity) {
    LanguageModel model = model(hasIdentity);

    answer(LmPipeline.of(at(model, 0)));
    answer(LmPipeline.of(at(model, 0)));
    LmPipeline.of(model)
        .call(request("same").withOptions(LmOptions.defaults().withTemperature(0d)));

    assertThat(fake.calls()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aSharedCacheKeepsRepliesUnderOtherOptionsApart(boolean hasIdentity) {
    LanguageModel model = model(hasIdentity);
    LmCache cache = LmCache.memory();
    LmPipeline cold = LmPipeline.builder(at(model, 0)).cache(cache).build();
    LmPipeline warm = LmPipeline.builder(at(model, 1)).cache(cache).build();

    assertThat(answer(cold)).isEqualTo("t=0.0");
    assertThat(answer(warm)).isEqualTo("t=1.0");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void itsOptionsWinOverThoseOfAContextAndADrawOverThem(boolean hasIdentity) {
    LmPipeline cold = LmPipeline.builder(at(model(hasIdentity), 0)).maxInFlight(3).build();
    Context context =
        Context.builder().lm(cold).options(LmOptions.defaults().withTemperature(0.5)).build();
    Context drawn = context.withDraw(LmOptions.defaults().withTemperature(2.0));

    assertThat(context.ask("", "same")).isEqualTo("t=0.0");
    assertThat(drawn.ask("", "same")).isEqualTo("t=2.0");
    assertThat(drawn.lm().maxInFlight()).isEqualTo(3);
  }
}
