package dev.hone.text;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Takes out of texts that others wrote what looks like a credential: keys by the forms that
 * providers give them, values under names such as {@code api_key} or {@code password}, headers of
 * authorization, and the user part of URLs of any scheme. In doubt it takes out more: where a URL
 * has a colon before its path and an {@code @} behind, all up to the last {@code @} may be a
 * password. Time is linear in the length of the text.
 */
public final class Redaction {
  /** Stands where a credential stood. */
  public static final String HIDDEN = "[hidden]";

  private static final String NAME =
      "(?:(?:api|access|account|subscription|shared|private)[-_ ]?key"
          + "|(?:access|auth|refresh|id|session)[-_ ]?token"
          + "|secret(?:[-_ ]?(?:key|access[-_ ]?key))?|passw(?:or)?d|passphrase|(?<!\\w)pwd"
          + "|x-(?:amz|goog)-(?:signature|credential|security-token)"
          + "|(?<![\\w-])(?:token|sig|signature)(?==)|[?&](?:key|auth))";

  /** What may stand in a value; marks that end a clause do so only where the clause ends. */
  private static final String VALUE = "(?:[^\\s\"'&,;.)}]|[,;.)}'](?![\\s,;.)}\"']|$))";

  /** What credentials look like, and what stays of them. */
  private static final List<Rule> RULES =
      List.of(
          new Rule("(?<!\\w)(sk|pk|rk|gsk|hf|xai|nvapi|glpat|r8)[-_][\\w.*-]{6,}", "$1-" + HIDDEN),
          new Rule("(?<!\\w)(gh[pousr]|github_pat)_\\w{20,}", "$1_" + HIDDEN),
          new Rule("(?<!\\w)(xox[abeprs])-[\\w-]{6,}", "$1-" + HIDDEN),
          new Rule("(?<!\\w)eyJ[\\w-]{8,}+\\.[\\w-]++\\.[\\w-]*+", HIDDEN),
          new Rule("(?<!\\w)(?:AIza[\\w-]{20,}|A[KS]IA[0-9A-Z]{12,})", HIDDEN),
          new Rule("(?i)(?<!\\w)(Bearer|Basic)\\s{1,9}[\\w.~+/=*-]{6,}", "$1 " + HIDDEN),
          new Rule(
              "(?i)(?<!\\w)(Authorization\\\\?[\"']?\\s{0,9}[:=]\\s{0,9}\\\\?[\"']?"
                  + "(?:(?:Bearer|Basic|Token|ApiKey|Digest|Key)\\s{1,9})?)[^\\s\"'\\\\]++",
              "$1" + HIDDEN),
          new Rule(
              "(?i)(" + NAME + "[\"']?\\s{0,9}[:=]\\s{0,9}([\"']))(?:\\\\.|(?!\\2)[^\\\\\\n])++",
              "$1" + HIDDEN),
          new Rule(
              "(?i)(" + NAME + "\\\\[\"']\\s{0,9}[:=]\\s{0,9}\\\\[\"'])[^\"'\\\\\\n]++",
              "$1" + HIDDEN),
          new Rule("(?i)(" + NAME + "[\"']?\\s{0,9}=\\s{0,9})" + VALUE + "++", "$1" + HIDDEN),
          new Rule("(?i)(" + NAME + "[\"']?\\s{0,9}:\\s{0,9})" + VALUE + "{6,}+", "$1" + HIDDEN));

  /** After this and the driver's kind come user and password, without slashes before them. */
  private static final String ORACLE = "jdbc:oracle:";

  private record Rule(Pattern pattern, String replacement) {
    Rule(String pattern, String replacement) {
      this(Pattern.compile(pattern), replacement);
    }
  }

  private Redaction() {}

  /** The text without what looks like a credential; otherwise unchanged. */
  public static String of(String text) {
    String clean = withoutUsers(text);
    for (Rule rule : RULES) {
      clean = rule.pattern().matcher(clean).replaceAll(rule.replacement());
    }
    return clean;
  }

  /** The text with the user part, {@code user:password@}, taken out of its URLs. */
  private static String withoutUsers(String text) {
    if (text.indexOf('@') < 0 || !text.contains("/")) {
      return text;
    }
    StringBuilder clean = new StringBuilder(text.length());
    for (int start = 0; start < text.length(); ) {
      int end = start;
      while (end < text.length() && !endsUrl(text.charAt(end))) {
        end++;
      }
      appendWithoutUser(text, start, end, clean);
      if (end < text.length()) {
        clean.append(text.charAt(end));
      }
      start = end + 1;
    }
    return clean.toString();
  }

  private static boolean endsUrl(char c) {
    return Character.isWhitespace(c) || c == '"' || c == '<' || c == '>';
  }

  private static void appendWithoutUser(String text, int start, int end, StringBuilder clean) {
    int lastAt = text.lastIndexOf('@', end - 1);
    int from = start;
    for (int i = start; i < lastAt; i++) {
      boolean oracle = text.regionMatches(true, i, ORACLE, 0, ORACLE.length());
      int authority = oracle ? text.indexOf(':', i + ORACLE.length()) + 1 : authorityAt(text, i);
      if (authority > 0) {
        int host = oracle ? lastAt : hostAt(text, authority, lastAt);
        if (host > authority) {
          clean.append(text, from, authority);
          from = host;
        }
        i = Math.max(host, authority) - 1;
      }
    }
    clean.append(text, from, end);
  }

  /**
   * Where the authority of a URL begins if two slashes are here, escaped as in JSON or not; else 0.
   */
  private static int authorityAt(String text, int index) {
    if (text.startsWith("//", index)) {
      return index + 2;
    }
    return text.startsWith("\\/\\/", index) ? index + 4 : 0;
  }

  /** Where the host begins, behind the user part; at the authority if it has none. */
  private static int hostAt(String text, int authority, int lastAt) {
    int at = -1;
    for (int i = authority; i <= lastAt; i++) {
      char c = text.charAt(i);
      if (c == ':') {
        return lastAt + 1;
      } else if (c == '@') {
        at = i;
      } else if (c == '/' || c == '?' || c == '#' || c == '\\') {
        break;
      }
    }
    return at < 0 ? authority : at + 1;
  }
}
