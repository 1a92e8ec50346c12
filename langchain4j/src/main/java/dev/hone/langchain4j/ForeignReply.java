package dev.hone.langchain4j;

import dev.langchain4j.exception.HttpException;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A reply with the status of a success that is no chat completion. Its message says what it is
 * instead, and what may repair it.
 */
final class ForeignReply extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 80;

  /** As tolerant as the reader behind it, so that nothing is refused that it can read. */
  private static final JsonMapper TOLERANT =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private final boolean cutOff;

  private ForeignReply(String message, boolean cutOff) {
    super(message);
    this.cutOff = cutOff;
  }

  /** Whether it seems to have lost its end, so that another try may bring the whole. */
  boolean cutOff() {
    return cutOff;
  }

  /** What is wrong with a body; nothing if it is a completion. */
  static Optional<RuntimeException> of(URI uri, String body) {
    String text = body.strip();
    if (text.isEmpty()) {
      return Optional.of(new ForeignReply("answered with an empty body" + after(), true));
    }
    JsonNode tree;
    try {
      tree = TOLERANT.readTree(text);
    } catch (JacksonException e) {
      return Optional.of(
          text.startsWith("{")
              ? new ForeignReply("answered with JSON that is cut off or broken" + after(), true)
              : foreign(uri, kind(text), text));
    }
    JsonNode error = tree.path("error");
    if (error.isObject() || error.isString()) {
      return Optional.of(failure(error, body));
    }
    JsonNode choices = tree.path("choices");
    if (choices.path(0).path("message").isObject()) {
      return Optional.empty();
    }
    String what = choices.isArray() ? "a completion without a message" : "JSON without choices";
    return Optional.of(foreign(uri, what, text));
  }

  private static String after() {
    return ". Maybe the server, or a proxy before it, stopped in the middle.";
  }

  private static String kind(String text) {
    String head = text.substring(0, Math.min(text.length(), 20)).toLowerCase(Locale.ROOT);
    if (head.startsWith("<!doctype html") || head.startsWith("<html")) {
      return "an HTML page";
    }
    return head.startsWith("data:") ? "a stream of events" : "text that is not JSON";
  }

  private static ForeignReply foreign(URI uri, String what, String text) {
    String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    boolean versioned = uri.getPath() != null && uri.getPath().contains("/v1/");
    return new ForeignReply(
        "answered with %s, which is not OpenAI's protocol (%s). Maybe %s."
            .formatted(
                what,
                shown,
                versioned ? "the URL is that of another service" : "the URL lacks /v1"),
        false);
  }

  /** Some proxies send the status of a success with an error, whose code is the true status. */
  private static RuntimeException failure(JsonNode error, String body) {
    int code = error.path("code").asInt(0);
    if (code >= 400 && code < 600) {
      return new HttpException(code, body);
    }
    String message = error.isString() ? error.stringValue() : error.path("message").asString("");
    return new ForeignReply(
        "answered with an error in place of a completion: "
            + (message.isBlank() ? "no message" : message),
        false);
  }
}
