package dev.hone.langchain4j.mistral;

import dev.hone.langchain4j.known.KnownModels;
import dev.hone.lm.Capabilities;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.ModelProvider;
import dev.hone.lm.ModelSpec;
import java.util.List;
import java.util.Optional;

/**
 * Provides {@code mistral:MODEL}, see {@link MistralModels}. Found by {@link LanguageModel#named}.
 */
public final class MistralModelProvider implements ModelProvider {
  /** For the service loader. */
  public MistralModelProvider() {}

  @Override
  public String name() {
    return MistralModels.KIND;
  }

  @Override
  public String form() {
    return MistralModels.KIND + ":MODEL";
  }

  @Override
  public String example(String given) {
    return MistralModels.KIND + ":" + (given.isBlank() ? MistralModels.EXAMPLE : given);
  }

  @Override
  public String description() {
    return "Models of Mistral AI";
  }

  @Override
  public Optional<String> credentialVariable() {
    return Optional.of(MistralModels.KEY_VARIABLE);
  }

  @Override
  public List<Variable> variables() {
    return List.of(
        Variable.required(MistralModels.KEY_VARIABLE, "the key"),
        Variable.optional(MistralModels.URL_VARIABLE, "the address, if it is not Mistral's own"));
  }

  @Override
  public String howToGet() {
    return "make an API key in an account of Mistral, set MISTRAL_API_KEY to it, and use "
        + example("");
  }

  @Override
  public Optional<Capabilities> offers(String model) {
    return Optional.of(KnownModels.of(MistralModels.KIND, model));
  }

  @Override
  public Optional<String> library() {
    return Optional.of("dev.langchain4j:langchain4j-mistral-ai");
  }

  @Override
  public LanguageModel create(ModelSpec spec) {
    return MistralModels.of(
        spec.rest(),
        spec.variable(MistralModels.KEY_VARIABLE).orElse(null),
        spec.variable(MistralModels.URL_VARIABLE).orElse(null));
  }
}
