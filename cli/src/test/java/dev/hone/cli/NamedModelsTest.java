package dev.hone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.ModelSpec;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The names of models that the command line knows, since their modules are on its class path. */
class NamedModelsTest {
  private static final String FORMS =
      "is not one of anthropic:MODEL, azure-openai:DEPLOYMENT, bedrock:MODEL, embedded,"
          + " gemini:MODEL, mistral:MODEL, ollama:MODEL, openai:MODEL and"
          + " openai-compatible:MODEL@URL";
  private static final String LACKS_NAME = "lacks the model's name";
  private static final String LACKS_URL = "lacks @URL, where the server is";

  private static void assertRefused(String text, String problem, String fix) {
    assertThatThrownBy(() -> LanguageModel.named(text))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("The model (%s) %s. Maybe use %s.".formatted(text, problem, fix));
  }

  @ParameterizedTest
  @CsvSource({
    "embeded, embedded",
    "Embedded, embedded",
    "opnai:gpt-x, openai:gpt-x",
    "openai-compatibel:tiny@http://h/v1, openai-compatible:tiny@http://h/v1",
    "openaicompatible:tiny, openai-compatible:tiny@http://localhost:11434/v1",
    "bad, embedded or openai:gpt-4o-mini or openai-compatible:llama3.2@http://localhost:11434/v1"
  })
  void namesTheFormsAndTheNearest(String text, String fix) {
    assertRefused(text, FORMS, fix);
  }

  @Test
  void saysWhichPartIsMissing() {
    assertRefused("openai", LACKS_NAME, "openai:gpt-4o-mini");
    assertRefused("openai:", LACKS_NAME, "openai:gpt-4o-mini");
    assertRefused(
        "openai-compatible:@http://h/v1", LACKS_NAME, "openai-compatible:llama3.2@http://h/v1");
    assertRefused(
        "openai-compatible:tiny", LACKS_URL, "openai-compatible:tiny@http://localhost:11434/v1");
    assertRefused(
        "openai-compatible:tiny@", LACKS_URL, "openai-compatible:tiny@http://localhost:11434/v1");
  }

  @Test
  void saysThatAUrlLacksItsScheme() {
    assertThatThrownBy(() -> LanguageModel.named("openai-compatible:tiny@localhost:8080"))
        .hasMessageContaining("(localhost:8080) does not begin with http:// or https://")
        .hasMessageContaining("Maybe use http://localhost:8080/v1.");
  }

  private static LanguageModel named(String model, String key) {
    return ModelSpec.parse(model, Map.of("HONE_API_KEY", key)).create();
  }

  @Test
  void embeddedIsOneModel() {
    assertThat(LanguageModel.named("embedded").id()).startsWith("embedded:");
    assertRefused("embedded:x", "names a model after embedded, which is only one", "embedded");
  }

  @Test
  void takesASlashForTheColon() {
    assertThat(
            ModelSpec.parse("openai/gpt-4o-mini", Map.of("OPENAI_API_KEY", "k-123")).create().id())
        .isEqualTo("openai:gpt-4o-mini");
    assertThat(LanguageModel.named("openai-compatible/org/tiny@http://h/v1").id())
        .isEqualTo("openai-compatible:org/tiny@http://h/v1");
  }

  @Test
  void namesTheVariableWhoseKeyHasALineBreakAndNeverTheKey() {
    String model = "openai-compatible:tiny@http://h/v1";

    assertThatThrownBy(() -> named(model, "abc-hunter2\nb"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("The environment variable HONE_API_KEY holds a line break")
        .hasMessageContaining("Maybe")
        .hasMessageNotContaining("hunter2");
    assertThat(named(model, " abc\n").holdsCredentials()).isTrue();
  }

  @Test
  void takesNamesAndUrlsWithAnAtSign() {
    assertThat(LanguageModel.named("openai-compatible:org/tiny@v2@http://h/v1").id())
        .isEqualTo("openai-compatible:org/tiny@v2@http://h/v1");
    assertThatThrownBy(() -> LanguageModel.named("openai-compatible:tiny@http://me:hunter2@h/v1"))
        .hasMessageContaining("holds a user")
        .hasMessageNotContaining("hunter2");
  }
}
