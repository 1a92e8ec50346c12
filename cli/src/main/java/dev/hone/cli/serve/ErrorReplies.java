package dev.hone.cli.serve;

import dev.hone.lm.LmException;
import dev.hone.program.UnparsableReplyException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a caller is told of a program that failed: what it can do, and nothing of the inside. */
final class ErrorReplies {
  private static final Logger LOG = LoggerFactory.getLogger(ErrorReplies.class);

  private ErrorReplies() {}

  static HttpReply of(Throwable error) {
    if (error instanceof LmException.RateLimited) {
      return HttpReply.error(429, "The model takes no more calls now").with("Retry-After", "10");
    } else if (error instanceof LmException.TimedOut) {
      return HttpReply.error(504, "The model did not answer in time");
    } else if (error instanceof LmException.Unavailable) {
      return HttpReply.error(503, "The model is not available").with("Retry-After", "10");
    } else if (error instanceof LmException.StreamBroken) {
      return HttpReply.error(502, "The model's reply broke off");
    } else if (error instanceof LmException.BudgetExhausted) {
      return HttpReply.error(503, "The budget of this server is spent");
    } else if (error instanceof LmException.Interrupted) {
      return HttpReply.error(503, "The server is ending");
    } else if (error instanceof LmException.ContentRefused) {
      return HttpReply.error(422, "The model refused the content");
    } else if (error instanceof LmException.ContextWindowExceeded) {
      return HttpReply.error(413, "The input is too long for the model");
    } else if (error instanceof UnparsableReplyException) {
      return HttpReply.error(502, "The model gave no answer that could be read");
    }
    LOG.warn("A request failed", error);
    return error instanceof LmException
        ? HttpReply.error(502, "The model could not be called")
        : HttpReply.error(500, "The program failed");
  }
}
