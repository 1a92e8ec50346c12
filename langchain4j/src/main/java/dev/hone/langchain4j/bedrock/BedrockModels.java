package dev.hone.langchain4j.bedrock;

import dev.hone.InvalidInputException;
import dev.hone.langchain4j.LangChain4jModel;
import dev.hone.langchain4j.OpenAiModels;
import dev.hone.langchain4j.known.KnownModels;
import dev.hone.langchain4j.wire.Endpoint;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Models of Amazon Bedrock that it serves by OpenAI's protocol, with a key of Bedrock. So it needs
 * no library of Amazon. They do not retry by themselves. A reply has two minutes.
 *
 * <p>For other models of Bedrock, and for other ways to sign in, build LangChain4j's {@code
 * BedrockChatModel}, of the artifact {@code langchain4j-bedrock}, and wrap it by {@link
 * LangChain4jModel#of}.
 */
public final class BedrockModels {
  /** The environment variable that holds the key. */
  public static final String KEY_VARIABLE = "AWS_BEARER_TOKEN_BEDROCK";

  /** The environment variable of the region. */
  public static final String REGION_VARIABLE = "AWS_REGION";

  /** The environment variable of an address in place of the region's. */
  public static final String URL_VARIABLE = "AWS_ENDPOINT_URL_BEDROCK_RUNTIME";

  static final String KIND = "bedrock";
  static final String EXAMPLE = "openai.gpt-oss-20b-1:0";
  private static final String PATH = "/openai/v1";

  private BedrockModels() {}

  /**
   * A model of Bedrock. Its id is {@code bedrock:MODEL}.
   *
   * @param model the name that Bedrock knows it by, such as {@code openai.gpt-oss-20b-1:0}
   * @param key the key
   * @param region the region, such as {@code us-west-2}; not used with an address
   * @param baseUrl where it is; null for the address of the region
   * @throws InvalidInputException if the name or the key is null or blank, the region is none, or
   *     the URL is not one
   */
  public static LangChain4jModel of(
      String model, @Nullable String key, @Nullable String region, @Nullable String baseUrl) {
    String name = Endpoint.name(model, EXAMPLE);
    String apiKey = Endpoint.requiredKey(key, KEY_VARIABLE, "Bedrock");
    String url =
        baseUrl == null || baseUrl.isBlank()
            ? "https://bedrock-runtime." + regionOf(region) + ".amazonaws.com" + PATH
            : Endpoint.url(baseUrl, baseUrl, PATH);
    Endpoint endpoint = Endpoint.of(KIND + ":" + name, name, url, apiKey);
    return OpenAiModels.at(endpoint, false, Map.of(), KnownModels.of(KIND, name));
  }

  private static String regionOf(@Nullable String region) {
    if (region == null || !region.strip().matches("[a-z0-9-]+")) {
      throw InvalidInputException.of(
          region == null
              ? "The environment variable " + REGION_VARIABLE + " is not set"
              : "The region (%s) of Bedrock is no name of a region".formatted(region),
          "set " + REGION_VARIABLE + " to one, such as us-west-2");
    }
    return region.strip();
  }
}
