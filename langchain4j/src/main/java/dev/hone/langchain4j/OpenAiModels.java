package dev.hone.langchain4j;

import dev.hone.InvalidInputException;
import dev.hone.langchain4j.batch.OpenAiBatchApi;
import dev.hone.langchain4j.batch.PaperModel;
import dev.hone.langchain4j.known.KnownModels;
import dev.hone.langchain4j.message.Dialect;
import dev.hone.langchain4j.wire.CompletionReader;
import dev.hone.langchain4j.wire.Endpoint;
import dev.hone.langchain4j.wire.PaperClient;
import dev.hone.lm.Capabilities;
import dev.hone.lm.bridge.SentFiles;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel.OpenAiChatModelBuilder;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel.OpenAiStreamingChatModelBuilder;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Models that speak OpenAI's chat-completions protocol: OpenAI's own, and those behind any server
 * that speaks it. They do not retry by themselves, and hand on the wait that a provider asks for.
 *
 * <p>Timeouts: 15 seconds for the connection; 2 minutes, or as set, for a reply from the request to
 * its last byte, after which it is {@link dev.hone.lm.LmException.TimedOut}.
 */
public final class OpenAiModels {
  /** The environment variable that holds the key of OpenAI. */
  public static final String KEY_VARIABLE = "OPENAI_API_KEY";

  private static final String OPENAI_URL = "https://api.openai.com/v1";
  private static final String EXAMPLE_OPENAI = "gpt-4o-mini";
  private static final String EXAMPLE_COMPATIBLE = "llama3.2";

  private OpenAiModels() {}

  /**
   * A model of OpenAI, whose key is in the environment variable {@value #KEY_VARIABLE}. Its id is
   * {@code openai:MODEL}. Binds replies to JSON schemas, except to those that OpenAI refuses, as of
   * a map or of any JSON; calls tools natively, and takes images.
   *
   * @param model the name that OpenAI knows it by, such as {@code gpt-4o-mini}
   * @throws InvalidInputException if the name is null or blank, or there is no key
   */
  public static LangChain4jModel openAi(String model) {
    return openAi(model, Endpoint.REPLY_TIMEOUT);
  }

  /**
   * A model of OpenAI, as {@link #openAi(String)}.
   *
   * @param replyTimeout how long a whole reply may take; default: 2 minutes
   * @throws InvalidInputException if the name is null or blank, there is no key, or the time is not
   *     above 0
   */
  public static LangChain4jModel openAi(String model, Duration replyTimeout) {
    return openAi(model, System.getenv(KEY_VARIABLE), OPENAI_URL, replyTimeout);
  }

  /**
   * A model of OpenAI, or behind a gateway that speaks for it, with a key that is given.
   *
   * @param key the key, from the variable {@value #KEY_VARIABLE} or elsewhere
   * @param baseUrl where it is; null for OpenAI's own address
   * @throws InvalidInputException as {@link #openAi(String)}, or if the URL is not one
   */
  public static LangChain4jModel openAi(
      String model, @Nullable String key, @Nullable String baseUrl) {
    return openAi(
        model,
        key,
        baseUrl == null || baseUrl.isBlank() ? OPENAI_URL : Endpoint.url(baseUrl),
        Endpoint.REPLY_TIMEOUT);
  }

  private static LangChain4jModel openAi(
      String model, @Nullable String key, String baseUrl, Duration replyTimeout) {
    String name = Endpoint.name(model, EXAMPLE_OPENAI);
    String apiKey = Endpoint.requiredKey(key, KEY_VARIABLE, "OpenAI");
    Endpoint endpoint =
        Endpoint.of("openai:" + name, name, baseUrl, apiKey).withReplyTimeout(replyTimeout);
    return batched(endpoint, true, KnownModels.of("openai", name));
  }

  /**
   * A model behind any server that speaks OpenAI's protocol, such as vLLM, llama.cpp or Ollama. Its
   * id is {@code openai-compatible:MODEL@URL}. Offers JSON schemas, which most servers take:
   * whether this one does is tried with the first request that has one, at the cost of one refused
   * call if it does not, and remembered by the model's pipeline. To send none at all, add {@code
   * .withCapabilities(Capabilities.TEXT)}. Tools are described and called in texts, which every
   * model can; for a server and a model that call them natively, add {@code
   * .withCapabilities(Capabilities.builder().jsonSchema(true).toolCalls(true).images(true).build())}.
   * Images, recordings and PDFs are sent as they are given.
   *
   * @param model the name that the server knows it by
   * @param baseUrl where the server is, up to and without {@code /chat/completions}, such as {@code
   *     http://localhost:11434/v1}
   * @param apiKey the key; null if the server wants none
   * @throws InvalidInputException if the name is null or blank, the URL is not one, or the key is
   *     more than a line
   */
  public static LangChain4jModel openAiCompatible(
      String model, String baseUrl, @Nullable String apiKey) {
    return openAiCompatible(model, baseUrl, apiKey, Endpoint.REPLY_TIMEOUT);
  }

  /**
   * A model behind any server, as {@link #openAiCompatible(String, String, String)}.
   *
   * @param replyTimeout how long a whole reply may take; default: 2 minutes
   * @throws InvalidInputException if the name is null or blank, the URL is not one, the key is more
   *     than a line, or the time is not above 0
   */
  public static LangChain4jModel openAiCompatible(
      String model, String baseUrl, @Nullable String apiKey, Duration replyTimeout) {
    String name = Endpoint.name(model, EXAMPLE_COMPATIBLE);
    String url = Endpoint.url(baseUrl);
    String key = apiKey == null || apiKey.isBlank() ? null : apiKey.strip();
    Endpoint endpoint =
        Endpoint.of("openai-compatible:" + name + "@" + url, name, url, key)
            .withReplyTimeout(replyTimeout);
    if (key != null) {
      Endpoint.requireOneLine("The API key", key);
    }
    return batched(
        endpoint,
        false,
        Capabilities.builder().jsonSchema(true).images(true).files(SentFiles.ALL).build());
  }

  /** One that can be asked by a batch API, too. */
  private static LangChain4jModel batched(
      Endpoint endpoint, boolean openAis, Capabilities offered) {
    PaperClient paper = new PaperClient(new CompletionReader());
    LangChain4jModel onPaper = at(endpoint, openAis, Map.of(), offered, paper.builder());
    return at(endpoint, openAis, Map.of(), offered)
        .withBatchApi(new OpenAiBatchApi(endpoint, new PaperModel(onPaper, paper)));
  }

  /**
   * A model of an endpoint that speaks OpenAI's protocol, for the rooms of this module.
   *
   * @param openAis whether it is OpenAI's own kind of server, see {@link Dialect.OpenAi}
   * @param headers which are sent beside the usual ones
   */
  public static LangChain4jModel at(
      Endpoint endpoint, boolean openAis, Map<String, String> headers, Capabilities offered) {
    return at(endpoint, openAis, headers, offered, endpoint.httpClient(new CompletionReader()));
  }

  private static LangChain4jModel at(
      Endpoint endpoint,
      boolean openAis,
      Map<String, String> headers,
      Capabilities offered,
      HttpClientBuilder http) {
    OpenAiChatModelBuilder builder =
        OpenAiChatModel.builder()
            .httpClientBuilder(http)
            .modelName(endpoint.model())
            .baseUrl(endpoint.baseUrl())
            .customHeaders(headers)
            .strictJsonSchema(true)
            .returnThinking(true)
            .maxRetries(0);
    if (endpoint.key() != null) {
      builder.apiKey(endpoint.key());
    }
    return LangChain4jModel.at(
        endpoint,
        builder.build(),
        () -> streaming(endpoint, headers, http),
        new Dialect.OpenAi(openAis),
        offered);
  }

  private static StreamingChatModel streaming(
      Endpoint endpoint, Map<String, String> headers, HttpClientBuilder http) {
    OpenAiStreamingChatModelBuilder builder =
        OpenAiStreamingChatModel.builder()
            .httpClientBuilder(http)
            .modelName(endpoint.model())
            .baseUrl(endpoint.baseUrl())
            .customHeaders(headers)
            .strictJsonSchema(true)
            .returnThinking(true);
    if (endpoint.key() != null) {
      builder.apiKey(endpoint.key());
    }
    return builder.build();
  }
}
