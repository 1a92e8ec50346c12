package dev.hone.text;

import java.util.List;
import java.util.regex.Pattern;

/** Takes out of texts that others wrote what looks like a credential. */
public final class Redaction {
  /** Stands where a credential stood. */
  public static final String HIDDEN = "[hidden]";

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

  private Redaction() {}

  /** The text without what looks like a credential; otherwise unchanged. */
  public static String of(String text) {
    String clean = text;
    for (Rule rule : RULES) {
      clean = rule.pattern().matcher(clean).replaceAll(rule.replacement());
    }
    return clean;
  }
}
