package dev.hone.langchain4j;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes credentials out of texts and exceptions: those that are known, and what looks like one. */
final class Secrets {
  private static final String HIDDEN = "[hidden]";
  private static final int MAX_DEPTH = 20;

  /** What credentials look like, and what stays of them. */
  private static final List<Rule> RULES =
      List.of(
          new Rule("\\b(sk|pk|rk|gsk|hf|xai)[-_][\\w.*-]{6,}", "$1-" + HIDDEN),
          new Rule("(?i)\\b(Bearer|Basic)\\s+[\\w.~+/=*-]{6,}", "$1 " + HIDDEN),
          new Rule("\\bAIza[\\w-]{20,}", HIDDEN),
          new Rule(
              "(?i)((?:api[-_ ]?key|(?:access|auth)[-_ ]?token|secret|password|[?&]key)"
                  + "[\"']?\\s*[:=]\\s*[\"']?)[^\\s\"',;&}]{6,}",
              "$1" + HIDDEN),
          new Rule("(https?://)[^/\\s@]+@", "$1"));

  private record Rule(Pattern pattern, String replacement) {
    Rule(String pattern, String replacement) {
      this(Pattern.compile(pattern), replacement);
    }
  }

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
    for (Rule rule : RULES) {
      clean = rule.pattern().matcher(clean).replaceAll(rule.replacement());
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
    if (depth > MAX_DEPTH || !scrub(text).equals(text)) {
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
    Throwable next = cause == null || depth == MAX_DEPTH ? null : standIn(cause, depth + 1);
    Throwable copy = new Scrubbed(scrub(error.toString()), next);
    copy.setStackTrace(error.getStackTrace());
    return copy;
  }

  /**
   * Stands in for an exception whose message held a credential; its message begins with its class.
   */
  private static final class Scrubbed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Scrubbed(String text, @Nullable Throwable cause) {
      super(text, cause);
    }
  }
}
