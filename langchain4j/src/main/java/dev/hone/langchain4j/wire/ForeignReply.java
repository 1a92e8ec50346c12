package dev.hone.langchain4j.wire;

import dev.hone.lm.bridge.HttpStatusMapping;
import dev.hone.text.Excerpt;
import dev.langchain4j.exception.HttpException;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A reply with the status of a success that is not a chat completion. Its message says what it is
 * instead, and what may repair it.
 */
final class ForeignReply extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 80;
  private static final String OPENAI = "OpenAI's protocol";

  private final boolean cutOff;

  private ForeignReply(String message, boolean cutOff) {
    super(message);
    this.cutOff = cutOff;
  }

  /** Whether it seems to have lost its end, so that another attempt may return the whole. */
  boolean cutOff() {
    return cutOff;
  }

  /** What is wrong with a body that is no {@link Completion}. */
  static RuntimeException of(URI uri, String body) {
    String text = body.strip();
    if (text.isEmpty()) {
      return new ForeignReply("answered with an empty body" + after(), true);
    }
    Optional<JsonNode> parsed = Completion.parse(text);
    if (parsed.isEmpty() || Completion.isStream(text)) {
      return unread(uri, text);
    }
    JsonNode tree = parsed.get();
    return said(tree, body)
        .orElseGet(
            () ->
                tree.path("choices").isMissingNode()
                    ? foreign(uri, "JSON without choices", text, OPENAI)
                    : new ForeignReply(
                        "answered with a completion without a message" + after(), true));
  }

  /** What an event of a stream says of a failure; empty for one of an answer. */
  static Optional<RuntimeException> inEvent(String data) {
    return Completion.parse(data).flatMap(tree -> said(tree, data));
  }

  /** The error in a body or an event, or that the completion was broken off. */
  private static Optional<RuntimeException> said(JsonNode tree, String body) {
    JsonNode choice = tree.path("choices").path(0);
    for (JsonNode error : new JsonNode[] {tree.path("error"), choice.path("error")}) {
      if (Completion.isError(error)) {
        return Optional.of(failure(error, body));
      }
    }
    return Completion.isBrokenOff(choice) ? Optional.of(brokenOff(choice)) : Optional.empty();
  }

  private static ForeignReply brokenOff(JsonNode choice) {
    String reason = choice.path("finish_reason").asString("");
    return new ForeignReply(
        "broke its completion off (finish reason " + reason + "). Maybe it is overloaded.", true);
  }

  private static RuntimeException unread(URI uri, String text) {
    if (Completion.isStream(text)) {
      Optional<JsonNode> event =
          text.lines()
              .filter(line -> line.startsWith("data:"))
              .flatMap(line -> Completion.parse(line.substring(5)).stream())
              .filter(one -> Completion.isError(one.path("error")) || one.has("choices"))
              .findFirst();
      if (event.isPresent()) {
        JsonNode error = event.get().path("error");
        return Completion.isError(error)
            ? failure(error, event.get().toString())
            : new ForeignReply("answered with a stream of events that is cut off" + after(), true);
      }
    }
    return text.startsWith("{")
        ? new ForeignReply("answered with JSON that is cut off or broken" + after(), true)
        : foreign(uri, kind(text), text, OPENAI);
  }

  private static String after() {
    return ". Maybe the server, or a proxy before it, stopped in the middle.";
  }

  private static String kind(String text) {
    String head = text.substring(0, Math.min(text.length(), 20)).toLowerCase(Locale.ROOT);
    if (head.startsWith("<!doctype html") || head.startsWith("<html")) {
      return "an HTML page";
    }
    return Completion.isStream(head) ? "a stream of events" : "text that is not JSON";
  }

  /** A body that cannot be read at all as that of a wire format. */
  static ForeignReply unreadable(URI uri, String text, String format) {
    if (text.isEmpty()) {
      return new ForeignReply("answered with an empty body" + after(), true);
    }
    return text.startsWith("{")
        ? new ForeignReply("answered with JSON that is cut off or broken" + after(), true)
        : foreign(uri, kind(text), text, format);
  }

  /** A body that is something else than a reply of a wire format. */
  static ForeignReply foreign(URI uri, String what, String text, String format) {
    String shown = Excerpt.beginning(text, SHOWN);
    boolean versioned =
        !format.equals(OPENAI) || uri.getPath() != null && uri.getPath().contains("/v1/");
    return new ForeignReply(
        "answered with %s, which is not %s (%s). Maybe %s."
            .formatted(
                what,
                format,
                shown,
                versioned ? "the URL is that of another service" : "the URL lacks /v1"),
        false);
  }

  /**
   * Some proxies send the status of a success with an error, whose code is the true status; where
   * there is none, its words say of which kind it is.
   */
  static RuntimeException failure(JsonNode error, String body) {
    int code = error.path("code").asInt(0);
    if (code >= 400 && code < 600) {
      return new HttpException(code, body);
    }
    String message = error.isString() ? error.stringValue() : error.path("message").asString("");
    int meant = HttpStatusMapping.statusMeantBy(error);
    return meant > 0
        ? new HttpFailure(meant, 200, body, null)
        : new ForeignReply(
            "answered with an error in place of a completion: "
                + (message.isBlank() ? "no message" : message),
            false);
  }
}
