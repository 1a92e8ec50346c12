package dev.hone.langchain4j.azure;

import dev.hone.lm.Capabilities;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.ModelProvider;
import dev.hone.lm.ModelSpec;
import java.util.List;
import java.util.Optional;

/**
 * Provides {@code azure-openai:DEPLOYMENT}, see {@link AzureOpenAiModels}. Found by {@link
 * LanguageModel#named}.
 */
public final class AzureOpenAiModelProvider implements ModelProvider {
  /** For the service loader. */
  public AzureOpenAiModelProvider() {}

  @Override
  public String name() {
    return AzureOpenAiModels.KIND;
  }

  @Override
  public String form() {
    return AzureOpenAiModels.KIND + ":DEPLOYMENT";
  }

  @Override
  public String example(String given) {
    return AzureOpenAiModels.KIND + ":" + (given.isBlank() ? AzureOpenAiModels.EXAMPLE : given);
  }

  @Override
  public String description() {
    return "Models that are deployed in Azure OpenAI";
  }

  @Override
  public Optional<String> credentialVariable() {
    return Optional.of(AzureOpenAiModels.KEY_VARIABLE);
  }

  @Override
  public List<Variable> variables() {
    return List.of(
        Variable.required(AzureOpenAiModels.KEY_VARIABLE, "the key of the resource"),
        Variable.required(AzureOpenAiModels.URL_VARIABLE, "the address of the resource"));
  }

  @Override
  public String howToGet() {
    return "deploy a model in Azure, set AZURE_OPENAI_ENDPOINT and AZURE_OPENAI_API_KEY, and use "
        + example("");
  }

  @Override
  public Optional<Capabilities> offers(String model) {
    return Optional.of(AzureOpenAiModels.offers(model));
  }

  @Override
  public Optional<String> library() {
    return Optional.of("dev.langchain4j:langchain4j-open-ai");
  }

  @Override
  public LanguageModel create(ModelSpec spec) {
    return AzureOpenAiModels.of(
        spec.rest(),
        spec.variable(AzureOpenAiModels.KEY_VARIABLE).orElse(null),
        spec.variable(AzureOpenAiModels.URL_VARIABLE).orElse(null));
  }
}
