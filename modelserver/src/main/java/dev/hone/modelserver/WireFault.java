package dev.hone.modelserver;

import dev.hone.InvalidInputException;
import dev.hone.modelserver.wire.WireAnswer;
import dev.hone.modelserver.wire.WireError;
import dev.hone.modelserver.wire.WireFormat;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A way in which the server misbehaves. Immutable. */
public final class WireFault {
  private static final WireFault NONE = new WireFault(Kind.NONE, 200);

  private final Kind kind;
  private final int status;
  private final @Nullable Duration retryAfter;
  private final Duration delay;

  /** What is wrong. */
  enum Kind {
    NONE,
    STATUS,
    BROKEN_JSON,
    EMPTY_BODY,
    WRONG_CONTENT_TYPE,
    WRONG_MODEL,
    CUT_OFF,
    HALF
  }

  private WireFault(Kind kind, int status) {
    this(kind, status, null, Duration.ZERO);
  }

  private WireFault(Kind kind, int status, @Nullable Duration retryAfter, Duration delay) {
    this.kind = kind;
    this.status = status;
    this.retryAfter = retryAfter;
    this.delay = delay;
  }

  /** Nothing is wrong: the model is asked, and its reply is sent. */
  public static WireFault none() {
    return NONE;
  }

  /**
   * Refuses the call with a status, such as 429, 500 or 503, and an error in the words of the
   * protocol. The model is not asked; so it is with all faults but {@link #slow}, {@link #half} and
   * {@link #wrongModel}.
   *
   * @throws InvalidInputException if it is not a status of an error
   */
  public static WireFault status(int status) {
    if (status < 400 || status > 599) {
      throw InvalidInputException.of(
          "status (" + status + ") is none of an error, which has 400 to 599", "use 429");
    }
    return new WireFault(Kind.STATUS, status);
  }

  /** Answers after this time, and well. */
  public static WireFault slow(Duration delay) {
    return NONE.after(delay);
  }

  /** Sends status 200 and a body that is cut in the middle and so no JSON. */
  public static WireFault brokenJson() {
    return new WireFault(Kind.BROKEN_JSON, 200);
  }

  /** Sends status 200 and no body. */
  public static WireFault emptyBody() {
    return new WireFault(Kind.EMPTY_BODY, 200);
  }

  /** Sends status 200 and a page of HTML, as a proxy does that wants a login. */
  public static WireFault wrongContentType() {
    return new WireFault(Kind.WRONG_CONTENT_TYPE, 200);
  }

  /** Answers, but says that another model did. */
  public static WireFault wrongModel() {
    return new WireFault(Kind.WRONG_MODEL, 200);
  }

  /** Ends the connection before anything is sent. */
  public static WireFault cutOff() {
    return new WireFault(Kind.CUT_OFF, 200);
  }

  /** Sends half of the body, or of the events of a stream, and ends the connection. */
  public static WireFault half() {
    return new WireFault(Kind.HALF, 200);
  }

  /** The same fault, which asks to wait before the next attempt; in whole seconds, rounded up. */
  public WireFault retryAfter(Duration value) {
    return new WireFault(kind, status, value, delay);
  }

  /** The same fault after a time. */
  public WireFault after(Duration value) {
    return new WireFault(kind, status, retryAfter, value);
  }

  Kind kind() {
    return kind;
  }

  /** Whether the model is asked: its reply, or half of it, is sent. */
  boolean asksModel() {
    return kind == Kind.NONE || kind == Kind.HALF || kind == Kind.WRONG_MODEL;
  }

  int status() {
    return status;
  }

  Duration delay() {
    return delay;
  }

  /** The value of the header Retry-After. */
  Optional<String> retryAfterSeconds() {
    return Optional.ofNullable(retryAfter)
        .map(wait -> Long.toString((wait.toMillis() + 999) / 1_000));
  }

  /** One line, such as {@code WireFault[STATUS 429]}. */
  @Override
  public String toString() {
    return kind == Kind.STATUS ? "WireFault[STATUS " + status + "]" : "WireFault[" + kind + "]";
  }

  /** The answer of a fault that is a status, in a format. */
  WireAnswer refusal(WireFormat format) {
    WireError error = WireError.ofStatus(status());
    WireAnswer said = format.error(error, "The server was told to answer " + status());
    WireAnswer answer = WireAnswer.of(status(), said.body());
    return retryAfterSeconds()
        .map(seconds -> answer.withHeaders(Map.of("Retry-After", seconds)))
        .orElse(answer);
  }
}
