package dev.hone.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ModelSpecTest {
  /** A provider of models that are called by their key. */
  private record Provider(String name) implements ModelProvider {
    @Override
    public String form() {
      return name + ":MODEL";
    }

    @Override
    public String example(String given) {
      return name + ":" + (given.isEmpty() ? "tiny" : given);
    }

    @Override
    public LanguageModel create(ModelSpec spec) {
      return new FakeModel(
          spec.rest() + spec.variable("ACME_KEY").orElse("?"), request -> FakeModel.reply("yes"));
    }
  }

  private static final List<ModelProvider> TWO =
      List.of(new Provider("acme"), new Provider("openai"));

  private static ModelSpec parse(String text, List<ModelProvider> providers) {
    return ModelSpec.parse(text, Map.of("ACME_KEY", "-hunter2"), providers);
  }

  private static void assertRefused(String text, List<ModelProvider> providers, String message) {
    assertThatThrownBy(() -> parse(text, providers))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(message);
  }

  @Test
  void findsTheProviderOfTheKind() {
    ModelSpec spec = parse("acme:org/tiny:v2", TWO);

    assertThat(spec.provider()).isEqualTo(TWO.get(0));
    assertThat(spec.rest()).isEqualTo("org/tiny:v2");
    assertThat(spec.create().id()).isEqualTo("org/tiny:v2-hunter2");
  }

  @Test
  void takesASlashForTheColonAndBlanksAround() {
    assertThat(parse("openai/gpt-4o-mini", TWO).rest()).isEqualTo("gpt-4o-mini");
    assertThat(parse("openai/gpt-4o-mini", TWO).provider().name()).isEqualTo("openai");
    assertThat(parse(" acme/org/tiny:v2 \n", TWO).rest()).isEqualTo("org/tiny:v2");
  }

  @Test
  void saysWhatTheNameLacks() {
    assertRefused("acme", TWO, "The model (acme) lacks the model's name. Maybe use acme:tiny.");
    assertRefused("acme:", TWO, "The model (acme:) lacks the model's name. Maybe use acme:tiny.");
  }

  @Test
  void listsWhatIsThereAndNamesTheNearest() {
    assertRefused(
        "acne:big",
        TWO,
        "The model (acne:big) is not one of acme:MODEL and openai:MODEL. Maybe use acme:big.");
    assertRefused(
        "whatever:big",
        TWO,
        "The model (whatever:big) is not one of acme:MODEL and openai:MODEL. Maybe use acme:tiny or"
            + " openai:tiny.");
  }

  @Test
  void namesTheModuleThatIsMissing() {
    assertRefused(
        "openai:gpt-4o-mini",
        List.of(),
        "The model (openai:gpt-4o-mini) cannot be found, since nothing on the class path provides"
            + " models by name. Maybe add hone-langchain4j to the class path.");
    assertRefused(
        "openai/gpt-4o-mini",
        TWO.subList(0, 1),
        "The model (openai/gpt-4o-mini) is not one of acme:MODEL. Maybe add hone-langchain4j to the"
            + " class path.");
    assertRefused(
        "embedded",
        TWO,
        "The model (embedded) is not one of acme:MODEL and openai:MODEL. Maybe add hone-local to the"
            + " class path.");
    assertRefused(
        "whatever",
        TWO.subList(0, 1),
        "The model (whatever) is not one of acme:MODEL. Maybe use acme:tiny, or add hone-langchain4j"
            + " to the class path.");
  }

  @Test
  void neverShowsTheEnvironmentNorACredentialInTheName() {
    assertThat(parse("acme:tiny", TWO)).hasToString("acme:tiny");
    assertThat(parse("acme:tiny@http://me:hunter2@h/v1", TWO)).hasToString("acme:tiny@http://h/v1");
    assertThatThrownBy(() -> parse("acne:tiny@http://me:hunter2@h/v1", TWO))
        .hasMessageNotContaining("hunter2")
        .hasMessageContaining("acme:tiny@http://h/v1");
  }

  @Test
  void isFoundByNameThroughTheServiceLoaderOrSaysWhatToAdd() {
    assertThatThrownBy(() -> LanguageModel.named("openai:gpt-4o-mini"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("Maybe add hone-langchain4j to the class path.");
  }

  @Test
  @SuppressWarnings("NullAway") // what a caller without null checks may pass
  void refusesANameThatIsNull() {
    assertThatThrownBy(() -> LanguageModel.named(null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("The name of the model is null. Maybe use openai:gpt-4o-mini.");
  }

  @Test
  void namesTheLibraryThatIsNotThere() {
    ModelProvider lacking =
        new ModelProvider() {
          @Override
          public String name() {
            return "acme";
          }

          @Override
          public String form() {
            return "acme:MODEL";
          }

          @Override
          public String example(String given) {
            return "acme:tiny";
          }

          @Override
          public Optional<String> library() {
            return Optional.of("com.acme:acme-client");
          }

          @Override
          public LanguageModel create(ModelSpec spec) {
            throw new NoClassDefFoundError("com/acme/Client");
          }
        };

    assertThatThrownBy(() -> parse("acme:tiny", List.of(lacking)).create())
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "The model (acme:tiny) needs the class com.acme.Client, which is not on the class path."
                + " Maybe add com.acme:acme-client to it.");
  }

  @Test
  void aProviderSaysWhichVariablesAreNotSet() {
    ModelProvider plain = TWO.get(0);

    assertThat(plain.variables()).isEmpty();
    assertThat(plain.howToGet()).isEqualTo("use acme:tiny");
    assertThat(plain.description()).isEqualTo("Models named acme");
    ModelProvider.Variable key = ModelProvider.Variable.required("ACME_KEY", "the key");
    assertThat(key.isSet(Map.of("ACME_KEY", " "))).isFalse();
    assertThat(key.isSet(Map.of("ACME_KEY", "x"))).isTrue();
  }
}
