package dev.hone.langchain4j.ollama;

import dev.hone.langchain4j.known.KnownModels;
import dev.hone.lm.Capabilities;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.ModelProvider;
import dev.hone.lm.ModelSpec;
import java.util.List;
import java.util.Optional;

/**
 * Provides {@code ollama:MODEL}, see {@link OllamaModels}. Found by {@link LanguageModel#named}.
 */
public final class OllamaModelProvider implements ModelProvider {
  /** For the service loader. */
  public OllamaModelProvider() {}

  @Override
  public String name() {
    return OllamaModels.KIND;
  }

  @Override
  public String form() {
    return OllamaModels.KIND + ":MODEL";
  }

  @Override
  public String example(String given) {
    return OllamaModels.KIND + ":" + (given.isBlank() ? OllamaModels.EXAMPLE : given);
  }

  @Override
  public String description() {
    return "Models of an Ollama server, on this machine or another";
  }

  @Override
  public Optional<String> credentialVariable() {
    return Optional.of(OllamaModels.KEY_VARIABLE);
  }

  @Override
  public List<Variable> variables() {
    return List.of(
        Variable.optional(OllamaModels.URL_VARIABLE, "the server's address; else localhost:11434"),
        Variable.optional(OllamaModels.KEY_VARIABLE, "the key, if the server wants one"));
  }

  @Override
  public String howToGet() {
    return "start Ollama, run \"ollama pull " + OllamaModels.EXAMPLE + "\", and use " + example("");
  }

  @Override
  public Optional<Capabilities> offers(String model) {
    return Optional.of(KnownModels.of(OllamaModels.KIND, model));
  }

  @Override
  public Optional<String> library() {
    return Optional.of("dev.langchain4j:langchain4j-ollama");
  }

  @Override
  public LanguageModel create(ModelSpec spec) {
    return OllamaModels.of(
        spec.rest(),
        spec.variable(OllamaModels.KEY_VARIABLE).orElse(null),
        spec.variable(OllamaModels.URL_VARIABLE).orElse(null));
  }
}
