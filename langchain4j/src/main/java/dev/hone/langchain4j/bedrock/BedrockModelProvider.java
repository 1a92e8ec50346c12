package dev.hone.langchain4j.bedrock;

import dev.hone.langchain4j.known.KnownModels;
import dev.hone.lm.Capabilities;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.ModelProvider;
import dev.hone.lm.ModelSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Provides {@code bedrock:MODEL}, see {@link BedrockModels}. Found by {@link LanguageModel#named}.
 */
public final class BedrockModelProvider implements ModelProvider {
  /** For the service loader. */
  public BedrockModelProvider() {}

  @Override
  public String name() {
    return BedrockModels.KIND;
  }

  @Override
  public String form() {
    return BedrockModels.KIND + ":MODEL";
  }

  @Override
  public String example(String given) {
    return BedrockModels.KIND + ":" + (given.isBlank() ? BedrockModels.EXAMPLE : given);
  }

  /**
   * As of every kind.
   *
   * @throws dev.hone.InvalidInputException if Bedrock is known not to serve the model in this way
   */
  @Override
  public Optional<String> missing(ModelSpec spec) {
    BedrockModels.requireServed(
        spec.rest(), spec.variable(BedrockModels.URL_VARIABLE).orElse(null));
    return ModelProvider.super.missing(spec);
  }

  @Override
  public String description() {
    return "Models of Amazon Bedrock that it serves by OpenAI's protocol";
  }

  @Override
  public Optional<String> credentialVariable() {
    return Optional.of(BedrockModels.KEY_VARIABLE);
  }

  @Override
  public List<Variable> variables() {
    return List.of(
        Variable.required(BedrockModels.KEY_VARIABLE, "the key"),
        Variable.required(BedrockModels.REGION_VARIABLE, "the region"),
        Variable.optional(BedrockModels.URL_VARIABLE, "the address, in place of the region's"));
  }

  /** An address needs no region. */
  @Override
  public List<Variable> unsetVariables(Map<String, String> environment) {
    boolean hasAddress = !environment.getOrDefault(BedrockModels.URL_VARIABLE, "").isBlank();
    return ModelProvider.super.unsetVariables(environment).stream()
        .filter(variable -> !hasAddress || !variable.name().equals(BedrockModels.REGION_VARIABLE))
        .toList();
  }

  @Override
  public String howToGet() {
    return "make an API key of Bedrock, set AWS_BEARER_TOKEN_BEDROCK and AWS_REGION, and use "
        + example("");
  }

  @Override
  public Optional<Capabilities> offers(String model) {
    return Optional.of(KnownModels.of(BedrockModels.KIND, model));
  }

  @Override
  public Optional<String> library() {
    return Optional.of("dev.langchain4j:langchain4j-open-ai");
  }

  @Override
  public LanguageModel create(ModelSpec spec) {
    return BedrockModels.of(
        spec.rest(),
        spec.variable(BedrockModels.KEY_VARIABLE).orElse(null),
        spec.variable(BedrockModels.REGION_VARIABLE).orElse(null),
        spec.variable(BedrockModels.URL_VARIABLE).orElse(null));
  }
}
