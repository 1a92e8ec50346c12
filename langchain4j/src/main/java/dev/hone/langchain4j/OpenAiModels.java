package dev.hone.langchain4j;

import dev.hone.InvalidInputException;
import dev.hone.SettingCheck;
import dev.hone.lm.Capabilities;
import dev.hone.lm.ModelIdentity;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel.OpenAiChatModelBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.regex.Pattern;
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
  static final String EXAMPLE_OPENAI = "gpt-4o-mini";
  static final String EXAMPLE_COMPATIBLE = "llama3.2";
  static final String EXAMPLE_URL = "http://localhost:11434/v1";
  private static final Pattern LOCAL = Pattern.compile("^(localhost|127\\.|0\\.0\\.0\\.0|\\[::1])");
  static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(15);
  static final Duration READ_TIMEOUT = Duration.ofMinutes(2);

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
    return openAi(model, READ_TIMEOUT);
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

  /** A model of OpenAI, whose key was read from the variable. */
  static LangChain4jModel ofKey(String model, @Nullable String key) {
    return openAi(model, key, OPENAI_URL);
  }

  static LangChain4jModel openAi(String model, @Nullable String key, String baseUrl) {
    return openAi(model, key, baseUrl, READ_TIMEOUT);
  }

  private static LangChain4jModel openAi(
      String model, @Nullable String key, String baseUrl, Duration replyTimeout) {
    String name = name(model, EXAMPLE_OPENAI);
    String apiKey = key == null ? "" : key.strip();
    if (apiKey.isEmpty()) {
      throw InvalidInputException.of(
          "The environment variable " + KEY_VARIABLE + " is not set, and OpenAI wants a key",
          "set it, or use a model that needs none");
    }
    requireOneLine("The environment variable " + KEY_VARIABLE, apiKey);
    return LangChain4jModel.openAi(
        builder(name, baseUrl, replyTimeout).apiKey(apiKey).strictJsonSchema(true).build(),
        ModelIdentity.of("openai:" + name, baseUrl, apiKey).withVariant(replyTimeout.toString()),
        Capabilities.builder().jsonSchema(true).toolCalls(true).images(true).build(),
        apiKey,
        new RequestMapping.OpenAi(true));
  }

  /**
   * A model behind any server that speaks OpenAI's protocol, such as vLLM, llama.cpp or Ollama. Its
   * id is {@code openai-compatible:MODEL@URL}. Offers JSON schemas, which most servers take:
   * whether this one does is tried with the first request that has one, at the cost of one refused
   * call if it does not, and remembered by the model's pipeline. To send none at all, add {@code
   * .withCapabilities(Capabilities.TEXT)}. Tools are described and called in texts, which every
   * model can; for a server and a model that call them natively, add {@code
   * .withCapabilities(Capabilities.builder().jsonSchema(true).toolCalls(true).images(true).build())}.
   * Images are sent as they are given.
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
    return openAiCompatible(model, baseUrl, apiKey, READ_TIMEOUT);
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
    String name = name(model, EXAMPLE_COMPATIBLE);
    String url = checked(baseUrl);
    String key = apiKey == null || apiKey.isBlank() ? null : apiKey.strip();
    OpenAiChatModelBuilder builder = builder(name, url, replyTimeout).strictJsonSchema(true);
    if (key != null) {
      requireOneLine("The API key", key);
      builder.apiKey(key);
    }
    return LangChain4jModel.openAi(
        builder.build(),
        ModelIdentity.of("openai-compatible:" + name + "@" + url, url, key)
            .withVariant(replyTimeout.toString()),
        Capabilities.builder().jsonSchema(true).images(true).build(),
        key,
        new RequestMapping.OpenAi(false));
  }

  /** What no HTTP header can carry; the key itself is not shown. */
  static void requireOneLine(String name, String key) {
    if (key.chars().anyMatch(Character::isISOControl)) {
      throw InvalidInputException.of(
          name + " holds a line break or another control character within the key",
          "set it again, to the key alone");
    }
  }

  private static OpenAiChatModelBuilder builder(
      String model, String baseUrl, Duration replyTimeout) {
    if (SettingCheck.given("replyTimeout", replyTimeout).compareTo(Duration.ZERO) <= 0) {
      throw InvalidInputException.of(
          "replyTimeout (" + replyTimeout + ") is not above 0", "use PT2M");
    }
    return OpenAiChatModel.builder()
        .httpClientBuilder(new RetryAfterHttpClient.Builder(CONNECT_TIMEOUT, replyTimeout))
        .modelName(model)
        .baseUrl(baseUrl)
        .returnThinking(true)
        .maxRetries(0);
  }

  private static String name(@Nullable String model, String example) {
    if (model == null || model.isBlank()) {
      throw InvalidInputException.of(
          "The model's name is " + (model == null ? "null" : "blank"), "use " + example);
    }
    return model.strip();
  }

  /** The URL without what is not part of it; a credential within it would end up in reports. */
  private static String checked(@Nullable String baseUrl) {
    if (baseUrl == null || baseUrl.isBlank()) {
      throw InvalidInputException.of(
          "The base URL is " + (baseUrl == null ? "null" : "blank"), "use " + EXAMPLE_URL);
    }
    String url = baseUrl.strip().replaceAll("/+$", "").replaceAll("/chat/completions$", "");
    if (!url.contains("://")) {
      throw withoutScheme(url);
    }
    URI uri = parsed(url);
    boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!http || uri.getHost() == null) {
      throw InvalidInputException.of(
          "The base URL (%s) is not an http or https URL with a host".formatted(shown(url)),
          "use " + EXAMPLE_URL);
    }
    if (uri.getRawUserInfo() != null || uri.getRawQuery() != null) {
      throw InvalidInputException.of(
          "The base URL of host " + uri.getHost() + " holds a user or a query",
          "pass the key as apiKey");
    }
    return url;
  }

  private static InvalidInputException withoutScheme(String url) {
    String rest = shown("http://" + url).substring("http://".length());
    String scheme = LOCAL.matcher(rest).find() ? "http://" : "https://";
    return InvalidInputException.of(
        "The base URL (%s) does not begin with http:// or https://".formatted(rest),
        "use " + scheme + rest + (rest.contains("/") ? "" : "/v1"));
  }

  private static URI parsed(String url) {
    try {
      return URI.create(url);
    } catch (IllegalArgumentException e) {
      throw InvalidInputException.of(
          "The base URL (%s) is not a URL".formatted(shown(url)), "use " + EXAMPLE_URL);
    }
  }

  private static String shown(String url) {
    return Secrets.unknown().scrub(url);
  }
}
