package dev.hone.langchain4j.gemini;

import dev.hone.langchain4j.known.KnownModels;
import dev.hone.lm.Capabilities;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.ModelProvider;
import dev.hone.lm.ModelSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Provides {@code gemini:MODEL}, see {@link GeminiModels}. Found by {@link LanguageModel#named}.
 */
public final class GeminiModelProvider implements ModelProvider {
  /** For the service loader. */
  public GeminiModelProvider() {}

  @Override
  public String name() {
    return GeminiModels.KIND;
  }

  @Override
  public String form() {
    return GeminiModels.KIND + ":MODEL";
  }

  @Override
  public String example(String given) {
    return GeminiModels.KIND + ":" + (given.isBlank() ? GeminiModels.EXAMPLE : given);
  }

  @Override
  public String description() {
    return "Models of Google, by its Gemini API";
  }

  @Override
  public Optional<String> credentialVariable() {
    return Optional.of(GeminiModels.KEY_VARIABLE);
  }

  @Override
  public List<Variable> variables() {
    return List.of(
        Variable.required(GeminiModels.KEY_VARIABLE, "the key"),
        Variable.optional(GeminiModels.OTHER_KEY_VARIABLE, "the key, under its other name"),
        Variable.optional(GeminiModels.URL_VARIABLE, "the address, if it is not Google's own"));
  }

  @Override
  public List<Variable> unsetVariables(Map<String, String> environment) {
    return environment.getOrDefault(GeminiModels.OTHER_KEY_VARIABLE, "").isBlank()
        ? ModelProvider.super.unsetVariables(environment)
        : List.of();
  }

  @Override
  public String howToGet() {
    return "make an API key in an account of Google AI Studio, set GEMINI_API_KEY to it, and use "
        + example("");
  }

  @Override
  public Optional<Capabilities> offers(String model) {
    return Optional.of(KnownModels.of(GeminiModels.KIND, model));
  }

  @Override
  public Optional<String> library() {
    return Optional.of("dev.langchain4j:langchain4j-google-ai-gemini");
  }

  @Override
  public LanguageModel create(ModelSpec spec) {
    return GeminiModels.of(
        spec.rest(),
        spec.variable(GeminiModels.KEY_VARIABLE)
            .or(() -> spec.variable(GeminiModels.OTHER_KEY_VARIABLE))
            .orElse(null),
        spec.variable(GeminiModels.URL_VARIABLE).orElse(null));
  }
}
