package dev.hone.lm.bridge;

import dev.hone.json.Json;
import dev.hone.lm.LmException;
import dev.hone.text.Excerpt;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Maps an HTTP status and the body that came with it to one of Hone's exceptions. */
public final class HttpStatusMapping {
  private static final int MAX_CHARACTERS = 500;

  /** How providers say that a prompt is too long, as there is no common code. */
  private static final Pattern TOO_LONG =
      Pattern.compile(
          "context[ _-]?(length|window|size)|maximum context|prompt is too long|too many (input"
              + " )?tokens|input is too long|exceeds? the (maximum|max|limit)[^.]*tokens|token"
              + " count[^.]*exceeds|maximum model length|max_model_len|tokens`? must be <=");

  /** How servers that fail at a prompt which is too long, rather than refuse it, speak of it. */
  private static final Pattern OVERFLOW =
      Pattern.compile(
          "exceeds? (the|its) (available )?context|context (size|length|window) exceed");

  private static final Pattern REFUSED =
      Pattern.compile(
          "content[ _-]?(filter|policy)|content management policy|safety system"
              + "|invalid_prompt|data[_ ]?inspection[_ ]?failed");

  /** How providers say, with a status that is otherwise about the key, that they refuse a text. */
  private static final Pattern MODERATED =
      Pattern.compile(REFUSED.pattern() + "|moderation|flagged|safety|harmful content");

  /** Words by which a refusal is one of the key or the account, even if it speaks of moderation. */
  private static final Pattern ABOUT_THE_KEY =
      Pattern.compile("scopes?\\b|permission|api[ _-]?key|credential|account|organi[sz]ation");

  /** How providers say that the account, not the request, is what keeps them from answering. */
  private static final Pattern UNPAID =
      Pattern.compile(
          "insufficient[ _-]?(quota|balance|credits?|funds)|payment[ _-]?required|billing["
              + " _-]?(hard[ _-]?limit|not[ _-]?active)|credit balance|spending limit|(out of|not"
              + " enough|no|requires more) (remaining |any"
              + " )?(credits?|balance|funds)\\b|(doesn't|does not) have any"
              + " (credits?|balance|funds)\\b|balance is (too low|not"
              + " enough|insufficient)|arrears");

  /** How a server that fails at a schema or an image, rather than refuses it, speaks of it. */
  private static final Pattern ABOUT_THE_REQUEST =
      Pattern.compile(
          "response_format|json[_ -]?schema|grammar|guided|structured[_ -]output"
              + "|(image|audio|vision|multi-?modal)( input)?s? (is|are) not supported");

  private static final Pattern RATE = Pattern.compile("rate[_ -]?limit|too many requests");
  private static final Pattern BROKEN =
      Pattern.compile(
          "overloaded|server[_ ]error|internal[_ ]error|unavailable|try again|timed?[ -]?out"
              + "|loading|capacity");
  private static final Pattern KEY =
      Pattern.compile(
          "invalid[_ ]api[_ ]key|incorrect api key|api key not"
              + " valid|unauthori[sz]ed|authentication");

  /** Words by which even a bad request is one with a bad key. */
  private static final Pattern BAD_KEY =
      Pattern.compile(
          "(invalid|incorrect)[_ ]api[_ ]key|api[_ ]key[_ ](is )?(not valid|invalid|expired)");

  private final String modelId;
  private final @Nullable Throwable cause;
  private final int status;
  private final int received;
  private final @Nullable Duration retryAfter;
  private final String code;
  private final String message;
  private final String everything;

  /**
   * Reads what came.
   *
   * @param modelId the model that the message names
   * @param status what the answer means
   * @param received the status that came, which may be that of a success
   * @param retryAfter how long the provider asks to wait; null if it does not say
   * @param body what came with the status; may be empty
   * @param cause what the exception has as its cause, without credentials
   */
  public HttpStatusMapping(
      String modelId,
      Secrets secrets,
      int status,
      int received,
      @Nullable Duration retryAfter,
      String body,
      @Nullable Throwable cause) {
    this.modelId = modelId;
    this.cause = cause;
    this.status = status;
    this.received = received;
    this.retryAfter = retryAfter;
    JsonNode error = error(body);
    this.code = error.path("code").asString("") + " " + error.path("type").asString("");
    this.message = brief(secrets, words(error).orElse(body));
    this.everything = (code + " " + message).toLowerCase(Locale.ROOT);
  }

  /** The status that an error means which came without one; 0 if its words do not say. */
  public static int statusMeantBy(JsonNode error) {
    String words = error.toString().toLowerCase(Locale.ROOT);
    if (UNPAID.matcher(words).find()) {
      return 402;
    } else if (RATE.matcher(words).find()) {
      return 429;
    } else if (KEY.matcher(words).find()) {
      return 401;
    } else if (TOO_LONG.matcher(words).find() || REFUSED.matcher(words).find()) {
      return 400;
    }
    return BROKEN.matcher(words).find() ? 503 : 0;
  }

  /** The error object of a JSON body, as OpenAI and most others send it. */
  private static JsonNode error(String body) {
    try {
      JsonNode sent = Json.parse(body);
      JsonNode tree = sent.isArray() && sent.path(0).isObject() ? sent.path(0) : sent;
      JsonNode error = tree.path("error");
      return error.isObject() || error.isString() ? error : tree;
    } catch (JacksonException e) {
      return Json.object();
    }
  }

  /** What an error says: its message, or what it is if it is a text; empty if neither. */
  private static Optional<String> words(JsonNode error) {
    JsonNode said = error.isString() ? error : error.path("message");
    return said.isString() ? Optional.of(said.stringValue()) : Optional.empty();
  }

  /** A provider's words on one line, without credentials, cut to what a person reads. */
  public static String brief(Secrets secrets, String text) {
    String clean = secrets.scrub(text).replaceAll("\\s+", " ").strip();
    return clean.length() <= MAX_CHARACTERS
        ? clean
        : Excerpt.prefix(clean, MAX_CHARACTERS) + " ... (" + clean.length() + " characters)";
  }

  /** The exception that stands for the status. */
  public LmException exception() {
    LmException error = byStatus();
    if (!(error instanceof LmException.Retriable)
        || retryAfter == null
        || retryAfter.toSeconds() < 1) {
      return error;
    }
    // A wait that is too long to be waited for ends the call, so the message states it.
    String words = "%s (asks to wait %d s)".formatted(error.getMessage(), retryAfter.toSeconds());
    return error instanceof LmException.RateLimited
        ? new LmException.RateLimited(words, retryAfter, cause)
        : error instanceof LmException.Unavailable
            ? new LmException.Unavailable(words, retryAfter, cause)
            : error;
  }

  private LmException byStatus() {
    return switch (status) {
      case 401 -> unauthorized();
      case 402 -> unpaid();
      case 403 -> isUnpaid() ? unpaid() : moderated() ? refused() : unauthorized();
      case 404 ->
          new LmException.InvalidRequest(
              saying("is not known to the provider", "check the model's name and the URL"), cause);
      case 408, 504 -> new LmException.TimedOut(saying("did not answer in time", ""), cause);
      case 413 -> tooLong();
      case 409, 425 -> unavailable();
      case 429 -> tooMany();
      case 501, 505 -> invalid();
      default -> status >= 500 && !isAboutTheRequest() ? failed() : invalid();
    };
  }

  private boolean isUnpaid() {
    return UNPAID.matcher(everything).find();
  }

  private boolean isAboutTheRequest() {
    return ABOUT_THE_REQUEST.matcher(everything).find();
  }

  private LmException unpaid() {
    return new LmException.PaymentRequired(
        saying("has no credit or quota left for the account", "check its plan and billing"), cause);
  }

  private boolean moderated() {
    return MODERATED.matcher(everything).find() && !ABOUT_THE_KEY.matcher(everything).find();
  }

  private LmException unauthorized() {
    return new LmException.Unauthorized(
        saying("refuses the credential", "check the API key"), cause);
  }

  private LmException refused() {
    return new LmException.ContentRefused(saying("refused the content", ""), cause);
  }

  private LmException failed() {
    return OVERFLOW.matcher(everything).find() ? tooLong() : unavailable();
  }

  private LmException unavailable() {
    return new LmException.Unavailable(saying("is not available", ""), retryAfter, cause);
  }

  /** A spent quota has the status of a rate limit, but waiting does not help. */
  private LmException tooMany() {
    if (isUnpaid()) {
      return unpaid();
    }
    return new LmException.RateLimited(saying("limits the rate", ""), retryAfter, cause);
  }

  private LmException invalid() {
    if (isUnpaid()) {
      return unpaid();
    }
    if (BAD_KEY.matcher(everything).find()) {
      return unauthorized();
    }
    if (TOO_LONG.matcher(everything).find()) {
      return tooLong();
    }
    if (REFUSED.matcher(everything).find()) {
      return refused();
    }
    return new LmException.InvalidRequest(saying("does not take the request", ""), cause);
  }

  private LmException tooLong() {
    return new LmException.ContextWindowExceeded(
        saying("does not take a prompt of this length", "use fewer or shorter demos"), cause);
  }

  private String saying(String what, String fix) {
    String said = message.isEmpty() ? "no message" : message;
    String full = "%s %s (status %d): %s".formatted(modelId, what, received, said);
    return fix.isEmpty() ? full : full + (said.endsWith(".") ? "" : ".") + " Maybe " + fix + ".";
  }
}
