package dev.hone.datasets;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An answer in LaTeX in the form in which two of them are compared.
 *
 * <p>Source: Hendrycks et al., Measuring Mathematical Problem Solving With the MATH Dataset (2021),
 * and its published rules of equivalence. Differs from the reference: numbers are equal by value
 * (2.50 is 2.5), commas by the thousand do not count (1,000 is 1000), a unit goes also where no
 * space begins it, a text that is the whole answer is that text, and a full stop at the end goes.
 */
final class MathAnswer {
  private static final int MOST_CHARS = 10_000;
  private static final String TEXT = "\\\\(?:text|mbox|mathrm|textrm|textbf|textit)";

  private static final Pattern SPACING = Pattern.compile("\\\\[!,;: ]|\\\\q?quad(?![A-Za-z])|~");
  private static final Pattern SIZE = Pattern.compile("\\\\(?:left|right)(?![A-Za-z])\\.?");
  private static final Pattern DEGREES =
      Pattern.compile("\\^\\s*(?:\\{\\s*\\\\circ\\s*}|\\\\circ(?![A-Za-z]))|°");
  private static final Pattern SIGNS = Pattern.compile("\\\\?[$%]");
  private static final Pattern UNIT =
      Pattern.compile(
          "(?<=[\\d})\\]])\\s*"
              + TEXT
              + "\\{\\s*[a-z][^{}]*}(?:\\^\\{?\\d\\}?)?\\s*$"
              + "|(?<=\\S)\\s*"
              + TEXT
              + "\\{\\s[^{}]*}(?:\\^\\{?\\d\\}?)?\\s*$");
  private static final Pattern INNER_TEXT = Pattern.compile(TEXT + "\\{([^{}]*)}");
  private static final Pattern BARE_POINT = Pattern.compile("(^|[{\\s(,\\[+-])\\.(?=\\d)");
  private static final Pattern NAMED = Pattern.compile("\\s*[^=\\s]{1,2}\\s*=([^=]+)");
  private static final Pattern ROOT =
      Pattern.compile("\\\\sqrt\\s*(?=[^\\s{\\[])(\\\\[A-Za-z]+|.)");
  private static final Pattern THOUSANDS =
      Pattern.compile("(?<![\\d.,])\\d{1,3}(?:(?:,|\\{,\\})\\d{3})+(?![\\d,])");
  private static final Pattern DECIMAL = Pattern.compile("[-+]?\\d{1,300}(?:\\.\\d{1,300})?");
  private static final Pattern SLASH = Pattern.compile("(-?\\d{1,300})/(-?\\d{1,300})");

  private MathAnswer() {}

  /** The form to compare of an answer, or of a text with a box, whose content it is then. */
  static String normal(String answer) {
    String text = BoxedAnswer.of(answer).orElse(answer);
    return text.length() > MOST_CHARS ? text : value(written(text));
  }

  /** Without what says how it is set and what is beside the value. */
  private static String written(String answer) {
    String text = answer.replaceAll("\\R", " ").replace("\\\\", "\\");
    text =
        SPACING.matcher(text).replaceAll(match -> Matcher.quoteReplacement(spacing(match.group())));
    text =
        text.replace("\\tfrac", "\\frac").replace("\\dfrac", "\\frac").replace("\\cfrac", "\\frac");
    text = SIZE.matcher(text).replaceAll("");
    text = DEGREES.matcher(text).replaceAll("");
    text = SIGNS.matcher(text).replaceAll("").strip();
    text = UNIT.matcher(text).replaceAll("");
    return INNER_TEXT.matcher(text).replaceAll("$1").strip();
  }

  /** A thin space within a number goes; any other is a space. */
  private static String spacing(String command) {
    return command.equals("\\!") || command.equals("\\,") ? "" : " ";
  }

  private static String value(String written) {
    String text = written.endsWith(".") ? written.substring(0, written.length() - 1) : written;
    text = BARE_POINT.matcher(text).replaceAll("$10.");
    Matcher named = NAMED.matcher(text);
    text = named.matches() ? named.group(1) : text;
    text = ROOT.matcher(text).replaceAll("\\\\sqrt{$1}");
    text = MathFractions.braced(text).replaceAll("\\s+", "");
    text = THOUSANDS.matcher(text).replaceAll(match -> match.group().replaceAll("[,{}]", ""));
    return number(text);
  }

  private static String number(String text) {
    Matcher slash = SLASH.matcher(text);
    if (slash.matches()) {
      return "\\frac{%s}{%s}".formatted(slash.group(1), slash.group(2));
    }
    if (!DECIMAL.matcher(text).matches()) {
      return text;
    }
    String plain = new BigDecimal(text).stripTrailingZeros().toPlainString();
    return plain.equals("0.5") ? "\\frac{1}{2}" : plain;
  }
}
