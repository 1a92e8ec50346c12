package dev.hone.langchain4j.anthropic;

import dev.hone.langchain4j.known.KnownModels;
import dev.hone.lm.Capabilities;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.ModelProvider;
import dev.hone.lm.ModelSpec;
import java.util.List;
import java.util.Optional;

/**
 * Provides {@code anthropic:MODEL}, see {@link AnthropicModels}. Found by {@link
 * LanguageModel#named}.
 */
public final class AnthropicModelProvider implements ModelProvider {
  /** For the service loader. */
  public AnthropicModelProvider() {}

  @Override
  public String name() {
    return AnthropicModels.KIND;
  }

  @Override
  public String form() {
    return AnthropicModels.KIND + ":MODEL";
  }

  @Override
  public String example(String given) {
    return AnthropicModels.KIND + ":" + (given.isBlank() ? AnthropicModels.EXAMPLE : given);
  }

  @Override
  public String description() {
    return "Models of Anthropic";
  }

  @Override
  public Optional<String> credentialVariable() {
    return Optional.of(AnthropicModels.KEY_VARIABLE);
  }

  @Override
  public List<Variable> variables() {
    return List.of(
        Variable.required(AnthropicModels.KEY_VARIABLE, "the key"),
        Variable.optional(
            AnthropicModels.URL_VARIABLE, "the address, if it is not Anthropic's own"));
  }

  @Override
  public String howToGet() {
    return "make an API key in an account of Anthropic, set ANTHROPIC_API_KEY to it, and use "
        + example("");
  }

  @Override
  public Optional<Capabilities> offers(String model) {
    return Optional.of(KnownModels.of(AnthropicModels.KIND, model));
  }

  @Override
  public Optional<String> library() {
    return Optional.of("dev.langchain4j:langchain4j-anthropic");
  }

  @Override
  public LanguageModel create(ModelSpec spec) {
    return AnthropicModels.of(
        spec.rest(),
        spec.variable(AnthropicModels.KEY_VARIABLE).orElse(null),
        spec.variable(AnthropicModels.URL_VARIABLE).orElse(null));
  }
}
