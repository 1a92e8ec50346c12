package dev.hone.langchain4j.bedrock;

import dev.hone.InvalidInputException;
import dev.hone.langchain4j.LangChain4jModel;
import dev.hone.langchain4j.OpenAiModels;
import dev.hone.langchain4j.known.KnownModels;
import dev.hone.langchain4j.wire.Endpoint;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Models of Amazon Bedrock that it serves by OpenAI's protocol, with a key of Bedrock. So it needs
 * no library of Amazon. They do not retry by themselves. A reply has two minutes.
 *
 * <p>Those are OpenAI's, and many others with open weights. Models of Anthropic, Amazon, Meta,
 * Cohere and AI21 are not among them, and refused here; of others Bedrock itself says so at the
 * first call. For them, and for other ways to sign in, build LangChain4j's {@code
 * BedrockChatModel}, of the artifact {@code langchain4j-bedrock}, and wrap it by {@link
 * LangChain4jModel#of}.
 *
 * <p>Source: Amazon's user guide of Bedrock, "API compatibility", as of 2026.
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

  /** Makers none of whose models it serves by this protocol; {@code us.} or so may be before. */
  private static final Pattern NOT_SERVED =
      Pattern.compile("([a-z-]+\\.)?(ai21|amazon|anthropic|cohere|meta)\\..+");

  private BedrockModels() {}

  /**
   * A model of Bedrock. Its id is {@code bedrock:MODEL}.
   *
   * @param model the name that Bedrock knows it by, such as {@code openai.gpt-oss-20b-1:0}
   * @param key the key
   * @param region the region, such as {@code us-west-2}; not used with an address
   * @param baseUrl where it is; null for the address of the region
   * @throws InvalidInputException if the name or the key is null or blank, the region is none, the
   *     URL is not one, or the model is known not to be served by OpenAI's protocol at an address
   *     of Amazon
   */
  public static LangChain4jModel of(
      String model, @Nullable String key, @Nullable String region, @Nullable String baseUrl) {
    String name = Endpoint.name(model, EXAMPLE);
    requireServed(name, baseUrl);
    String apiKey = Endpoint.requiredKey(key, KEY_VARIABLE, "Bedrock");
    String url =
        baseUrl == null || baseUrl.isBlank()
            ? "https://bedrock-runtime." + regionOf(region) + ".amazonaws.com" + PATH
            : Endpoint.url(baseUrl, baseUrl, PATH);
    Endpoint endpoint = Endpoint.of(KIND + ":" + name, name, url, apiKey);
    return OpenAiModels.at(endpoint, false, Map.of(), KnownModels.of(KIND, name));
  }

  /**
   * Refuses a model that would fail at the first call. At an address of its own there may be a
   * gateway that serves it.
   *
   * @throws InvalidInputException if the model is known not to be served by OpenAI's protocol
   */
  static void requireServed(String model, @Nullable String baseUrl) {
    boolean atAmazon = baseUrl == null || baseUrl.isBlank();
    if (atAmazon && NOT_SERVED.matcher(model.strip()).matches()) {
      throw InvalidInputException.of(
          "The model (%s:%s) is not among those that Bedrock serves by OpenAI's protocol"
              .formatted(KIND, model.strip()),
          "build LangChain4j's BedrockChatModel (dev.langchain4j:langchain4j-bedrock) and wrap it"
              + " by LangChain4jModel.of, or use "
              + KIND
              + ":"
              + EXAMPLE);
    }
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
