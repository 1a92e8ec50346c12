package dev.hone.langchain4j.ollama;

import dev.hone.langchain4j.LangChain4jModel;
import dev.hone.langchain4j.known.KnownModels;
import dev.hone.langchain4j.message.Dialect;
import dev.hone.langchain4j.wire.BodyReader;
import dev.hone.langchain4j.wire.Endpoint;
import dev.hone.langchain4j.wire.JsonBody;
import dev.hone.lm.Capabilities;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Models of an Ollama server, by Ollama's own protocol. They do not retry by themselves. A reply
 * has two minutes; a server that has to load the model first may take longer for the first one,
 * which is then made again by the pipeline.
 */
public final class OllamaModels {
  /** The environment variable of the server's address, as Ollama itself reads it. */
  public static final String URL_VARIABLE = "OLLAMA_HOST";

  /** The environment variable of the key, which only hosted servers want. */
  public static final String KEY_VARIABLE = "OLLAMA_API_KEY";

  static final String KIND = "ollama";
  static final String EXAMPLE = "llama3.2";
  private static final String URL = "http://localhost:11434";
  private static final BodyReader BODY = new JsonBody("Ollama's protocol", List.of("message"));

  private OllamaModels() {}

  /**
   * A model of an Ollama server. Its id is {@code ollama:MODEL}.
   *
   * @param model the name that the server knows it by, such as {@code llama3.2}
   * @param key the key; null if the server wants none, as usual
   * @param host where the server is: a URL, or a host with or without a port as in {@value
   *     #URL_VARIABLE}; null for port 11434 of this machine
   * @throws dev.hone.InvalidInputException if the name is null or blank, or the URL is not one
   */
  public static LangChain4jModel of(String model, @Nullable String key, @Nullable String host) {
    String name = Endpoint.name(model, EXAMPLE);
    String apiKey = key == null || key.isBlank() ? null : key.strip();
    Endpoint endpoint = Endpoint.of(KIND + ":" + name, name, url(host), apiKey);
    Capabilities known = KnownModels.of(KIND, name);
    OllamaChatModel.OllamaChatModelBuilder builder = OllamaChatModel.builder();
    builder
        .httpClientBuilder(endpoint.httpClient(BODY))
        .baseUrl(endpoint.baseUrl())
        .modelName(name)
        .returnThinking(true);
    if (known.reasoning()) {
      builder.think(true);
    }
    if (apiKey != null) {
      Endpoint.requireOneLine("The API key", apiKey);
      builder.customHeaders(Map.of("Authorization", "Bearer " + apiKey));
    }
    return LangChain4jModel.at(
        endpoint,
        builder.maxRetries(0).build(),
        () -> streaming(endpoint, apiKey, known),
        new Dialect.Common(false, 2, false),
        known);
  }

  private static StreamingChatModel streaming(
      Endpoint endpoint, @Nullable String apiKey, Capabilities known) {
    OllamaStreamingChatModel.OllamaStreamingChatModelBuilder builder =
        OllamaStreamingChatModel.builder();
    builder
        .httpClientBuilder(endpoint.httpClient(BODY))
        .baseUrl(endpoint.baseUrl())
        .modelName(endpoint.model())
        .returnThinking(true);
    if (known.reasoning()) {
      builder.think(true);
    }
    if (apiKey != null) {
      builder.customHeaders(Map.of("Authorization", "Bearer " + apiKey));
    }
    return builder.build();
  }

  /** The address that a host means; one that stands for all addresses is this machine. */
  static String url(@Nullable String host) {
    if (host == null || host.isBlank()) {
      return URL;
    }
    String given = host.strip();
    String url = given.contains("://") ? given : "http://" + withPort(given);
    return Endpoint.url(url.replace("//0.0.0.0", "//127.0.0.1"));
  }

  private static String withPort(String host) {
    try {
      return URI.create("http://" + host).getPort() < 0 ? host + ":11434" : host;
    } catch (IllegalArgumentException e) {
      return host; // refused later, with words
    }
  }
}
