package dev.hone.langchain4j.wire;

import dev.hone.InvalidInputException;
import dev.hone.SettingCheck;
import dev.hone.lm.ModelIdentity;
import dev.hone.lm.bridge.Secrets;
import java.net.URI;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a model is called: its name there, the address, the key and the time for a reply. Checked;
 * shows no key. Immutable.
 */
public final class Endpoint {
  /** How long a connection may take. */
  public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(15);

  /** How long a whole reply may take if nothing else is said. */
  public static final Duration REPLY_TIMEOUT = Duration.ofMinutes(2);

  /** An address to show in messages. */
  public static final String EXAMPLE_URL = "http://localhost:11434/v1";

  private static final Duration LONGEST_REPLY = Duration.ofDays(365);
  private static final Pattern LOCAL = Pattern.compile("^(localhost|127\\.|0\\.0\\.0\\.0|\\[::1])");

  private final String id;
  private final String model;
  private final String baseUrl;
  private final @Nullable String key;
  private final Duration replyTimeout;

  private Endpoint(
      String id, String model, String baseUrl, @Nullable String key, Duration replyTimeout) {
    this.id = id;
    this.model = model;
    this.baseUrl = baseUrl;
    this.key = key;
    this.replyTimeout = replyTimeout;
  }

  /**
   * A model at an address, with two minutes for a reply.
   *
   * @param id the model's id in reports, cache keys and files
   * @param model the name that the server knows it by, see {@link #name}
   * @param baseUrl where the server is, see {@link #url}
   * @param key the key; null if the server wants none
   */
  public static Endpoint of(String id, String model, String baseUrl, @Nullable String key) {
    return new Endpoint(id, model, baseUrl, key, REPLY_TIMEOUT);
  }

  /**
   * A copy with another time for a whole reply, 365 days at most.
   *
   * @throws InvalidInputException if it is not above 0
   */
  public Endpoint withReplyTimeout(Duration value) {
    if (SettingCheck.given("replyTimeout", value).compareTo(Duration.ZERO) <= 0) {
      throw InvalidInputException.of("replyTimeout (" + value + ") is not above 0", "use PT2M");
    }
    Duration time = value.compareTo(LONGEST_REPLY) > 0 ? LONGEST_REPLY : value;
    return new Endpoint(id, model, baseUrl, key, time);
  }

  /** The model's id in reports, cache keys and files. */
  public String id() {
    return id;
  }

  /** The name that the server knows the model by. */
  public String model() {
    return model;
  }

  /** How long a whole reply may take. */
  public Duration replyTimeout() {
    return replyTimeout;
  }

  /** Where the server is. */
  public String baseUrl() {
    return baseUrl;
  }

  /** The key; null if the server wants none. Show it to nobody. */
  public @Nullable String key() {
    return key;
  }

  /** What takes the key, those of a gateway, and whatever looks like one, out of texts. */
  public Secrets secrets() {
    Secrets own = key == null ? Secrets.unknown() : Secrets.of(key);
    return own.and(NetworkRoute.ofProcess().secrets());
  }

  /** What makes two models the same one. */
  public ModelIdentity identity() {
    return ModelIdentity.of(id, baseUrl, key).withVariant(replyTimeout.toString());
  }

  /** A client for LangChain4j's models, for replies that a reader understands. */
  public RetryAfterHttpClient.Builder httpClient(BodyReader reader) {
    return new RetryAfterHttpClient.Builder(
        CONNECT_TIMEOUT, replyTimeout, reader, NetworkRoute.ofProcess());
  }

  /**
   * The name of a model without blanks around it.
   *
   * @param example the name to propose if there is none
   * @throws InvalidInputException if it is null or blank
   */
  public static String name(@Nullable String model, String example) {
    if (model == null || model.isBlank()) {
      throw InvalidInputException.of(
          "The model's name is " + (model == null ? "null" : "blank"), "use " + example);
    }
    return model.strip();
  }

  /**
   * The key that a model cannot do without.
   *
   * @param variable where it was read from
   * @param owner who wants it, such as {@code OpenAI}
   * @throws InvalidInputException if there is none, or it is more than a line
   */
  public static String requiredKey(@Nullable String key, String variable, String owner) {
    String given = key == null ? "" : key.strip();
    if (given.isEmpty()) {
      throw InvalidInputException.of(
          "The environment variable %s is not set, and %s wants a key".formatted(variable, owner),
          "set it, or use a model that needs none");
    }
    requireOneLine("The environment variable " + variable, given);
    return given;
  }

  /**
   * Refuses what no HTTP header can carry; the key itself is not shown.
   *
   * @throws InvalidInputException if the key holds a control character
   */
  public static void requireOneLine(String name, String key) {
    if (key.chars().anyMatch(Character::isISOControl)) {
      throw InvalidInputException.of(
          name + " holds a line break or another control character within the key",
          "set it again, to the key alone");
    }
  }

  /**
   * An address without what is not part of it. A credential within it would end up in reports.
   *
   * @throws InvalidInputException if it is no http or https URL with a host, or holds a user or a
   *     query
   */
  public static String url(@Nullable String baseUrl) {
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

  /**
   * An address in place of a provider's own.
   *
   * @param given the address; null or blank for the provider's own
   * @param own the provider's own
   * @param path what is added to an address that has no path
   * @throws InvalidInputException as {@link #url(String)}
   */
  public static String url(@Nullable String given, String own, String path) {
    if (given == null || given.isBlank()) {
      return own;
    }
    String url = url(given);
    String has = URI.create(url).getPath();
    return has == null || has.isEmpty() ? url + path : url;
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

  /** The id and the address. */
  @Override
  public String toString() {
    return "Endpoint[" + id + " at " + baseUrl + "]";
  }
}
