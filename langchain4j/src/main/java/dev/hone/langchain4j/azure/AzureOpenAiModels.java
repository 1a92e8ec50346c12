package dev.hone.langchain4j.azure;

import dev.hone.InvalidInputException;
import dev.hone.langchain4j.LangChain4jModel;
import dev.hone.langchain4j.OpenAiModels;
import dev.hone.langchain4j.known.KnownModels;
import dev.hone.langchain4j.wire.Endpoint;
import dev.hone.lm.Capabilities;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Models that are deployed in Azure OpenAI, by its address {@code /openai/v1}, which speaks
 * OpenAI's own protocol, with the key of the resource. So it needs no library of Azure. They do not
 * retry by themselves, and hand on the wait that the provider asks for. A reply has two minutes.
 *
 * <p>For a sign-in by Entra ID, build LangChain4j's {@code AzureOpenAiChatModel} and wrap it by
 * {@link LangChain4jModel#of}.
 */
public final class AzureOpenAiModels {
  /** The environment variable that holds the key. */
  public static final String KEY_VARIABLE = "AZURE_OPENAI_API_KEY";

  /** The environment variable of the resource's address. */
  public static final String URL_VARIABLE = "AZURE_OPENAI_ENDPOINT";

  static final String KIND = "azure-openai";
  static final String EXAMPLE = "gpt-4o-mini";
  private static final String PATH = "/openai/v1";

  private AzureOpenAiModels() {}

  /**
   * A deployed model. Its id is {@code azure-openai:DEPLOYMENT}. What it offers is known where the
   * deployment is named like its model.
   *
   * @param deployment the name of the deployment
   * @param key the key of the resource
   * @param resource the address of the resource, such as {@code https://NAME.openai.azure.com}
   * @throws InvalidInputException if the name, the key or the address is null or blank, or the
   *     address is no URL
   */
  public static LangChain4jModel of(
      String deployment, @Nullable String key, @Nullable String resource) {
    String name = Endpoint.name(deployment, EXAMPLE);
    String apiKey = Endpoint.requiredKey(key, KEY_VARIABLE, "Azure OpenAI");
    if (resource == null || resource.isBlank()) {
      throw InvalidInputException.of(
          "The environment variable " + URL_VARIABLE + " is not set",
          "set it to the resource's address, such as https://NAME.openai.azure.com");
    }
    String url = Endpoint.url(resource, resource, PATH).replaceFirst("/openai$", PATH);
    Endpoint endpoint = Endpoint.of(KIND + ":" + name, name, url, apiKey);
    return OpenAiModels.at(endpoint, true, Map.of("api-key", apiKey), offers(name));
  }

  /** What a deployment offers if it is named like a model of OpenAI, as most are. */
  static Capabilities offers(String deployment) {
    return KnownModels.of("openai", deployment);
  }
}
