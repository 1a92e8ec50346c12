package dev.hone.langchain4j;

import dev.hone.lm.LanguageModel;
import dev.hone.lm.ModelProvider;
import dev.hone.lm.ModelSpec;
import java.util.Optional;

/**
 * Provides {@code openai:MODEL}, see {@link OpenAiModels#openAi}. Found by {@link
 * LanguageModel#named}.
 */
public final class OpenAiModelProvider implements ModelProvider {
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
    return "openai:" + (given.isBlank() ? OpenAiModels.EXAMPLE_OPENAI : given);
  }

  @Override
  public Optional<String> credentialVariable() {
    return Optional.of(OpenAiModels.KEY_VARIABLE);
  }

  @Override
  public LanguageModel create(ModelSpec spec) {
    return OpenAiModels.ofKey(spec.rest(), spec.variable(OpenAiModels.KEY_VARIABLE).orElse(null));
  }
}
