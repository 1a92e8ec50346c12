package dev.hone.modelserver.wire;

import dev.hone.lm.LmException;

/** Why a call is refused, with the status and the word that each provider has for it. */
public enum WireError {
  /** Too many calls or tokens. */
  RATE_LIMITED(429, "rate_limit_exceeded", 429, "rate_limit_error"),
  /** The model is away for a while. */
  OVERLOADED(503, "server_error", 529, "overloaded_error"),
  /** The model took too long. */
  TIMED_OUT(408, "timeout", 504, "timeout_error"),
  /** The account has no credit. */
  NO_CREDIT(402, "insufficient_quota", 402, "billing_error"),
  /** The key is missing or wrong. */
  UNAUTHORIZED(401, "invalid_api_key", 401, "authentication_error"),
  /** The prompt is too long. */
  TOO_LONG(400, "context_length_exceeded", 400, "invalid_request_error"),
  /** The content is refused. */
  REFUSED(400, "content_filter", 400, "invalid_request_error"),
  /** The request cannot be understood. */
  INVALID(400, "invalid_request", 400, "invalid_request_error"),
  /** The body is no JSON object. */
  NOT_JSON(400, "invalid_json", 400, "invalid_request_error"),
  /** There is nothing at this path. */
  NOT_FOUND(404, "not_found", 404, "not_found_error"),
  /** The server is being closed. */
  CLOSED(503, "closed", 529, "overloaded_error"),
  /** The model broke. */
  BROKEN(500, "server_error", 500, "api_error");

  final int openAiStatus;
  final String openAiCode;
  final int anthropicStatus;
  final String anthropicType;

  WireError(int openAiStatus, String openAiCode, int anthropicStatus, String anthropicType) {
    this.openAiStatus = openAiStatus;
    this.openAiCode = openAiCode;
    this.anthropicStatus = anthropicStatus;
    this.anthropicType = anthropicType;
  }

  /** What a model failed with, as a server would say it. */
  public static WireError of(LmException error) {
    if (error instanceof LmException.RateLimited) {
      return RATE_LIMITED;
    } else if (error instanceof LmException.Unavailable) {
      return OVERLOADED;
    } else if (error instanceof LmException.TimedOut) {
      return TIMED_OUT;
    } else if (error instanceof LmException.PaymentRequired) {
      return NO_CREDIT;
    } else if (error instanceof LmException.Unauthorized) {
      return UNAUTHORIZED;
    } else if (error instanceof LmException.ContextWindowExceeded) {
      return TOO_LONG;
    } else if (error instanceof LmException.ContentRefused) {
      return REFUSED;
    }
    return error instanceof LmException.InvalidRequest ? INVALID : BROKEN;
  }

  /** The kind of an error that has only a status. */
  public static WireError ofStatus(int status) {
    if (status == INVALID.openAiStatus) {
      return INVALID;
    }
    for (WireError error : values()) {
      if (error.openAiStatus == status || error.anthropicStatus == status) {
        return error;
      }
    }
    return status < 500 ? INVALID : BROKEN;
  }
}
