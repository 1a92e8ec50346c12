package dev.hone.langchain4j.gemini;

import dev.hone.langchain4j.LangChain4jModel;
import dev.hone.langchain4j.known.KnownModels;
import dev.hone.langchain4j.message.Dialect;
import dev.hone.langchain4j.wire.BodyReader;
import dev.hone.langchain4j.wire.Endpoint;
import dev.hone.lm.Capabilities;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.googleai.GeminiThinkingConfig;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiStreamingChatModel;
import org.jspecify.annotations.Nullable;

/**
 * Models of Google's Gemini API. They do not retry by themselves, and hand on the wait that the
 * provider asks for, which Google puts into the body of a failure. A reply has two minutes. Models
 * that think are asked for their thoughts. The tokens of a reply count what was thought.
 */
public final class GeminiModels {
  /** The environment variable that holds the key. */
  public static final String KEY_VARIABLE = "GEMINI_API_KEY";

  /** The environment variable that holds the key if {@value #KEY_VARIABLE} is not set. */
  public static final String OTHER_KEY_VARIABLE = "GOOGLE_API_KEY";

  /** The environment variable of an address in place of Google's own. */
  public static final String URL_VARIABLE = "GOOGLE_GEMINI_BASE_URL";

  static final String KIND = "gemini";
  static final String EXAMPLE = "gemini-2.5-flash";
  private static final String URL = "https://generativelanguage.googleapis.com/v1beta";
  private static final BodyReader BODY = new GeminiBody();

  private GeminiModels() {}

  /**
   * A model of Google. Its id is {@code gemini:MODEL}.
   *
   * @param model the name that Google knows it by, such as {@code gemini-2.5-flash}
   * @param key the key
   * @param baseUrl where it is; null for Google's own address. {@code /v1beta} is added where the
   *     URL has no path
   * @throws dev.hone.InvalidInputException if the name or the key is null or blank, or the URL is
   *     not one
   */
  public static LangChain4jModel of(String model, @Nullable String key, @Nullable String baseUrl) {
    String name = Endpoint.name(model, EXAMPLE).replaceFirst("^models/", "");
    String apiKey = Endpoint.requiredKey(key, KEY_VARIABLE, "Google");
    Endpoint endpoint =
        Endpoint.of(KIND + ":" + name, name, Endpoint.url(baseUrl, URL, "/v1beta"), apiKey);
    Capabilities known = KnownModels.of(KIND, name);
    GoogleAiGeminiChatModel.GoogleAiGeminiChatModelBuilder builder =
        GoogleAiGeminiChatModel.builder()
            .httpClientBuilder(endpoint.httpClient(BODY))
            .baseUrl(endpoint.baseUrl())
            .apiKey(apiKey)
            .modelName(name)
            .returnThinking(true)
            .sendThinking(true)
            .maxRetries(0);
    if (known.reasoning()) {
      builder.thinkingConfig(GeminiThinkingConfig.builder().includeThoughts(true).build());
    }
    return LangChain4jModel.at(
        endpoint,
        builder.build(),
        () -> streaming(endpoint, apiKey, known),
        new Dialect.Common(false, 2, true),
        known);
  }

  private static StreamingChatModel streaming(
      Endpoint endpoint, String apiKey, Capabilities known) {
    GoogleAiGeminiStreamingChatModel.GoogleAiGeminiStreamingChatModelBuilder builder =
        GoogleAiGeminiStreamingChatModel.builder()
            .httpClientBuilder(endpoint.httpClient(BODY))
            .baseUrl(endpoint.baseUrl())
            .apiKey(apiKey)
            .modelName(endpoint.model())
            .returnThinking(true)
            .sendThinking(true);
    if (known.reasoning()) {
      builder.thinkingConfig(GeminiThinkingConfig.builder().includeThoughts(true).build());
    }
    return builder.build();
  }
}
