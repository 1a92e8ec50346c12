package dev.hone.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfiguredModelTest {
  private final FakeModel base = FakeModel.saying("yes");

  @Test
  void itsOptionsWinOverThoseOfTheRequest() {
    LmOptions asked = LmOptions.builder().temperature(1.0).maxTokens(9).build();

    base.withOptions(o -> o.temperature(0)).call(FakeModel.request("a").withOptions(asked));

    assertThat(base.requests().get(0).options()).isEqualTo(asked.withTemperature(0.0));
  }

  @Test
  void isItsBaseInAllElse() {
    LanguageModel identified =
        new ForwardingLanguageModel(base) {
          @Override
          public Optional<ModelIdentity> identity() {
            return Optional.of(ModelIdentity.of(id(), "here", null));
          }

          @Override
          public Capabilities capabilities() {
            return Capabilities.JSON_SCHEMA;
          }

          @Override
          public boolean holdsCredentials() {
            return true;
          }
        };

    ConfiguredModel model = identified.withOptions(o -> o.temperature(0));

    assertThat(model.base()).isSameAs(identified);
    assertThat(model.id()).isEqualTo(base.id());
    assertThat(model.identity()).isEqualTo(identified.identity());
    assertThat(model.capabilities()).isEqualTo(Capabilities.JSON_SCHEMA);
    assertThat(model.holdsCredentials()).isTrue();
    assertThat(model).isEqualTo(identified.withOptions(o -> o.temperature(0)));
  }

  @Test
  void moreOptionsStartFromThoseThatAreSet() {
    ConfiguredModel model =
        base.withOptions(o -> o.temperature(0).maxTokens(5)).withOptions(o -> o.maxTokens(6));

    assertThat(model.base()).isSameAs(base);
    assertThat(model.options())
        .isEqualTo(LmOptions.builder().temperature(0.0).maxTokens(6).build());
  }

  @Test
  void refusesAnOptionOutOfRangeAtOnce() {
    assertThatThrownBy(() -> base.withOptions(o -> o.temperature(3)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("temperature (3.0)");
  }

  @Test
  void aDecoratorHandsEverythingOnAndIsAModelOfItsOwn() {
    LanguageModel decorated = new ForwardingLanguageModel(base) {};

    assertThat(decorated.call(FakeModel.request("a")).text()).isEqualTo("yes");
    assertThat(decorated.id()).isEqualTo(base.id());
    assertThat(decorated.capabilities()).isEqualTo(base.capabilities());
    assertThat(decorated.holdsCredentials()).isFalse();
    assertThat(decorated.identity()).isEmpty();
  }
}
