package dev.hone.langchain4j.openai;

import dev.hone.langchain4j.OpenAiModels;
import dev.hone.langchain4j.known.KnownModels;
import dev.hone.lm.Capabilities;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.ModelProvider;
import dev.hone.lm.ModelSpec;
import java.util.List;
import java.util.Optional;

/**
 * Provides {@code openai:MODEL}, see {@link OpenAiModels#openAi}. Found by {@link
 * LanguageModel#named}.
 */
public final class OpenAiModelProvider implements ModelProvider {
  private static final String EXAMPLE = "gpt-4o-mini";
  private static final String URL_VARIABLE = "OPENAI_BASE_URL";

  /** For the service loader. */
  public OpenAiModelProvider() {}

  @Override
  public String name() {
    return "openai";
  }

  @Override
  public String form() {
    return "openai:MODEL";
  }

  @Override
  public String example(String given) {
    return "openai:" + (given.isBlank() ? EXAMPLE : given);
  }

  @Override
  public Optional<String> credentialVariable() {
    return Optional.of(OpenAiModels.KEY_VARIABLE);
  }

  @Override
  public String description() {
    return "Models of OpenAI";
  }

  @Override
  public List<Variable> variables() {
    return List.of(
        Variable.required(OpenAiModels.KEY_VARIABLE, "the key"),
        Variable.optional(URL_VARIABLE, "the address, if it is not OpenAI's own"));
  }

  @Override
  public String howToGet() {
    return "make an API key in an account of OpenAI, set "
        + OpenAiModels.KEY_VARIABLE
        + " to it, and use "
        + example("");
  }

  @Override
  public Optional<Capabilities> offers(String model) {
    return Optional.of(KnownModels.of(name(), model));
  }

  @Override
  public Optional<String> library() {
    return Optional.of("dev.langchain4j:langchain4j-open-ai");
  }

  @Override
  public LanguageModel create(ModelSpec spec) {
    return OpenAiModels.openAi(
        spec.rest(),
        spec.variable(OpenAiModels.KEY_VARIABLE).orElse(null),
        spec.variable(URL_VARIABLE).orElse(null));
  }
}
