package dev.hone.datasets;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The answer that a solution in LaTeX puts into a box. */
final class BoxedAnswer {
  private static final Pattern BOX = Pattern.compile("\\\\f?box(?:ed)?(?![A-Za-z])\\s*");

  private BoxedAnswer() {}

  /** What is in the last box: between its braces, or the sign after it; empty if there is none. */
  static Optional<String> of(String solution) {
    Matcher matcher = BOX.matcher(solution);
    int begin = -1;
    while (matcher.find()) {
      begin = matcher.end();
    }
    if (begin < 0 || begin == solution.length()) {
      return Optional.empty();
    }
    return solution.charAt(begin) == '{' ? braced(solution, begin) : bare(solution, begin);
  }

  /** What is between a brace and its partner; empty if that is missing. */
  private static Optional<String> braced(String text, int begin) {
    int end = closing(text, begin);
    return end < 0 ? Optional.empty() : Optional.of(text.substring(begin + 1, end).strip());
  }

  /** The position of the partner of the brace at a position; -1 if there is none. */
  static int closing(String text, int begin) {
    int depth = 0;
    for (int i = begin; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '{') {
        depth++;
      } else if (c == '}' && --depth == 0) {
        return i;
      }
    }
    return -1;
  }

  private static Optional<String> bare(String text, int begin) {
    int end = text.indexOf('$', begin);
    return Optional.of(text.substring(begin, end < 0 ? text.length() : end).strip())
        .filter(answer -> !answer.isEmpty());
  }
}
