package dev.hone.langchain4j;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes credentials out of texts and exceptions: those that are known, and what looks like one. */
final class Secrets {
  private static final String HIDDEN = "[hidden]";

  /** What credentials look like, and what stays of them. */
  private static final Map<Pattern, String> PATTERNS =
      Map.of(
          Pattern.compile("\\b(sk|pk|rk|gsk|hf|xai)[-_][\\w.*-]{6,}"), "$1-" + HIDDEN,
          Pattern.compile("(?i)\\b(Bearer|Basic)\\s+[\\w.~+/=*-]{6,}"), "$1 " + HIDDEN,
          Pattern.compile("\\bAIza[\\w-]{20,}"), HIDDEN,
          Pattern.compile(
                  "(?i)((?:api[-_ ]?key|key|token|secret|password)[\"']?\\s*[:=]\\s*[\"']?)"
                      + "[^\\s\"',;&}]{6,}"),
              "$1" + HIDDEN,
          Pattern.compile("(https?://)[^/\\s@]+@"), "$1");

  private final @Nullable String known;

  private Secrets(@Nullable String known) {
    this.known = known;
  }

  /** A known credential, and whatever looks like one. */
  static Secrets of(String known) {
    return new Secrets(known);
  }

  /** Whatever looks like a credential. */
  static Secrets unknown() {
    return new Secrets(null);
  }

  /** The text without credentials. */
  String scrub(String text) {
    String clean = known == null ? text : text.replace(known, HIDDEN);
    for (Map.Entry<Pattern, String> entry : PATTERNS.entrySet()) {
      Matcher matcher = entry.getKey().matcher(clean);
      clean = matcher.replaceAll(entry.getValue());
    }
    return clean;
  }

  /**
   * The exception itself if no message in it has a credential, else a stand-in with the same stack
   * trace.
   */
  Throwable scrub(Throwable error) {
    return isClean(error, 0) ? error : standIn(error, 0);
  }

  private boolean isClean(Throwable error, int depth) {
    String text = error.toString();
    if (depth > 20 || !scrub(text).equals(text)) {
      return false;
    }
    for (Throwable suppressed : error.getSuppressed()) {
      if (!isClean(suppressed, depth + 1)) {
        return false;
      }
    }
    return error.getCause() == null || isClean(error.getCause(), depth + 1);
  }

  private Throwable standIn(Throwable error, int depth) {
    Throwable cause = error.getCause();
    boolean goesOn = cause != null && depth < 20;
    Throwable copy =
        new Scrubbed(scrub(error.toString()), goesOn ? standIn(cause, depth + 1) : null);
    copy.setStackTrace(error.getStackTrace());
    return copy;
  }

  /** Stands in for an exception whose message held a credential; its text begins with its class. */
  private static final class Scrubbed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Scrubbed(String text, @Nullable Throwable cause) {
      super(text, cause);
    }

    @Override
    public String toString() {
      return String.valueOf(getMessage());
    }
  }
}
