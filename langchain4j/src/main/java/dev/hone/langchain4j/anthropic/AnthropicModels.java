package dev.hone.langchain4j.anthropic;

import dev.hone.langchain4j.LangChain4jModel;
import dev.hone.langchain4j.batch.AnthropicBatchApi;
import dev.hone.langchain4j.batch.PaperModel;
import dev.hone.langchain4j.known.KnownModels;
import dev.hone.langchain4j.message.Dialect;
import dev.hone.langchain4j.wire.BodyReader;
import dev.hone.langchain4j.wire.Endpoint;
import dev.hone.langchain4j.wire.JsonBody;
import dev.hone.langchain4j.wire.PaperClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Models of Anthropic, by its protocol of messages. They do not retry by themselves, and hand on
 * the wait that the provider asks for. A reply has two minutes.
 *
 * <p>Anthropic wants a limit on the tokens of every reply: it is 4,096 where the options have none.
 * It takes temperatures up to 1: higher ones are sent as 1. A model thinks before it answers only
 * if it is told to; for that, build LangChain4j's {@code AnthropicChatModel} with {@code
 * thinkingType} and wrap it by {@link LangChain4jModel#of}.
 */
public final class AnthropicModels {
  /** The environment variable that holds the key. */
  public static final String KEY_VARIABLE = "ANTHROPIC_API_KEY";

  /**
   * The environment variable of an address in place of Anthropic's own, as its SDKs read it: what
   * stands before {@code /v1/messages}.
   */
  public static final String URL_VARIABLE = "ANTHROPIC_BASE_URL";

  static final String KIND = "anthropic";
  static final String EXAMPLE = "claude-haiku-4-5";
  private static final String VERSION = "/v1";
  private static final String URL = "https://api.anthropic.com" + VERSION;
  private static final int MAX_TOKENS = 4_096;
  private static final BodyReader BODY = new JsonBody("Anthropic's protocol", List.of("content"));

  private AnthropicModels() {}

  /**
   * A model of Anthropic. Its id is {@code anthropic:MODEL}.
   *
   * @param model the name that Anthropic knows it by, such as {@code claude-haiku-4-5}
   * @param key the key
   * @param baseUrl where it is; null for Anthropic's own address. {@code /v1} is added, as by
   *     Anthropic's SDKs, unless the URL ends in it
   * @throws dev.hone.InvalidInputException if the name or the key is null or blank, or the URL is
   *     not one
   */
  public static LangChain4jModel of(String model, @Nullable String key, @Nullable String baseUrl) {
    String name = Endpoint.name(model, EXAMPLE);
    String apiKey = Endpoint.requiredKey(key, KEY_VARIABLE, "Anthropic");
    Endpoint endpoint = Endpoint.of(KIND + ":" + name, name, url(baseUrl), apiKey);
    PaperClient paper = new PaperClient(BODY);
    LangChain4jModel onPaper = at(endpoint, apiKey, paper.builder());
    return at(endpoint, apiKey, endpoint.httpClient(BODY))
        .withBatchApi(new AnthropicBatchApi(endpoint, new PaperModel(onPaper, paper)));
  }

  private static String url(@Nullable String baseUrl) {
    String url = Endpoint.url(baseUrl, URL, VERSION);
    return url.endsWith(VERSION) ? url : url + VERSION;
  }

  private static LangChain4jModel at(Endpoint endpoint, String apiKey, HttpClientBuilder client) {
    AnthropicChatModel chat =
        AnthropicChatModel.builder()
            .httpClientBuilder(client)
            .baseUrl(endpoint.baseUrl())
            .apiKey(apiKey)
            .modelName(endpoint.model())
            .maxTokens(MAX_TOKENS)
            .returnThinking(true)
            .sendThinking(true)
            .maxRetries(0)
            .build();
    return LangChain4jModel.at(
        endpoint,
        chat,
        () -> streaming(endpoint, apiKey, client),
        new Dialect.Common(true, 1, false),
        KnownModels.of(KIND, endpoint.model()));
  }

  private static StreamingChatModel streaming(
      Endpoint endpoint, String apiKey, HttpClientBuilder client) {
    return AnthropicStreamingChatModel.builder()
        .httpClientBuilder(client)
        .baseUrl(endpoint.baseUrl())
        .apiKey(apiKey)
        .modelName(endpoint.model())
        .maxTokens(MAX_TOKENS)
        .returnThinking(true)
        .sendThinking(true)
        .build();
  }
}
