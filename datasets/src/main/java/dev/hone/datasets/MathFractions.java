package dev.hone.datasets;

/** Gives numerator and denominator of LaTeX fractions the braces that may be left out. */
final class MathFractions {
  private static final String FRACTION = "\\frac";

  private MathFractions() {}

  /** {@code \frac12}, {@code \frac1{72}} and {@code \frac{1}2} with both braces. */
  static String braced(String text) {
    StringBuilder out = new StringBuilder();
    int position = 0;
    int found = text.indexOf(FRACTION);
    while (found >= 0) {
      int begin = found + FRACTION.length();
      out.append(text, position, begin);
      position = argument(text, argument(text, begin, out), out);
      found = text.indexOf(FRACTION, position);
    }
    return out.append(text.substring(position)).toString();
  }

  /** Writes the argument at a position with braces; where there is none, nothing. */
  private static int argument(String text, int begin, StringBuilder out) {
    int start = begin;
    while (start < text.length() && Character.isWhitespace(text.charAt(start))) {
      start++;
    }
    if (start == text.length()) {
      return start;
    }
    char first = text.charAt(start);
    if (first == '{') {
      int end = BoxedAnswer.closing(text, start);
      int stop = end < 0 ? text.length() : end + 1;
      out.append('{').append(inner(text, start + 1, end < 0 ? stop : end));
      out.append(end < 0 ? "" : "}");
      return stop;
    }
    int end =
        start
            + (first == '\\' ? command(text, start) : Character.charCount(text.codePointAt(start)));
    out.append('{').append(text, start, end).append('}');
    return end;
  }

  /** What is within braces, with its own fractions. */
  private static String inner(String text, int from, int to) {
    String inner = text.substring(from, to);
    return inner.contains(FRACTION) ? braced(inner) : inner;
  }

  private static int command(String text, int start) {
    int end = start + 1;
    while (end < text.length() && Character.isLetter(text.charAt(end))) {
      end++;
    }
    return Math.max(end - start, Math.min(2, text.length() - start));
  }
}
