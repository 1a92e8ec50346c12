package dev.hone.langchain4j.mistral;

import dev.hone.langchain4j.LangChain4jModel;
import dev.hone.langchain4j.known.KnownModels;
import dev.hone.langchain4j.message.Dialect;
import dev.hone.langchain4j.wire.BodyReader;
import dev.hone.langchain4j.wire.Endpoint;
import dev.hone.langchain4j.wire.JsonBody;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.mistralai.MistralAiChatModel;
import dev.langchain4j.model.mistralai.MistralAiStreamingChatModel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Models of Mistral AI. They do not retry by themselves, and hand on the wait that the provider
 * asks for. A reply has two minutes. Mistral takes temperatures up to 1.5: higher ones are sent as
 * 1.5.
 */
public final class MistralModels {
  /** The environment variable that holds the key. */
  public static final String KEY_VARIABLE = "MISTRAL_API_KEY";

  /** The environment variable of an address in place of Mistral's own. */
  public static final String URL_VARIABLE = "MISTRAL_BASE_URL";

  static final String KIND = "mistral";
  static final String EXAMPLE = "mistral-small-latest";
  private static final String URL = "https://api.mistral.ai/v1";
  private static final double HOTTEST = 1.5;
  private static final BodyReader BODY = new JsonBody("Mistral's protocol", List.of("choices"));

  private MistralModels() {}

  /**
   * A model of Mistral. Its id is {@code mistral:MODEL}.
   *
   * @param model the name that Mistral knows it by, such as {@code mistral-small-latest}
   * @param key the key
   * @param baseUrl where it is; null for Mistral's own address. {@code /v1} is added where the URL
   *     has no path
   * @throws dev.hone.InvalidInputException if the name or the key is null or blank, or the URL is
   *     not one
   */
  public static LangChain4jModel of(String model, @Nullable String key, @Nullable String baseUrl) {
    String name = Endpoint.name(model, EXAMPLE);
    String apiKey = Endpoint.requiredKey(key, KEY_VARIABLE, "Mistral");
    Endpoint endpoint =
        Endpoint.of(KIND + ":" + name, name, Endpoint.url(baseUrl, URL, "/v1"), apiKey);
    MistralAiChatModel chat =
        MistralAiChatModel.builder()
            .httpClientBuilder(endpoint.httpClient(BODY))
            .baseUrl(endpoint.baseUrl())
            .apiKey(apiKey)
            .modelName(name)
            .strictJsonSchema(true)
            .returnThinking(true)
            .sendThinking(true)
            .maxRetries(0)
            .build();
    return LangChain4jModel.at(
        endpoint,
        chat,
        () -> streaming(endpoint, apiKey),
        new Dialect.Common(false, HOTTEST, false),
        KnownModels.of(KIND, name));
  }

  private static StreamingChatModel streaming(Endpoint endpoint, String apiKey) {
    return MistralAiStreamingChatModel.builder()
        .httpClientBuilder(endpoint.httpClient(BODY))
        .baseUrl(endpoint.baseUrl())
        .apiKey(apiKey)
        .modelName(endpoint.model())
        .strictJsonSchema(true)
        .returnThinking(true)
        .sendThinking(true)
        .build();
  }
}
