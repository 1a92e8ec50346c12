package dev.hone.datasets;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The number that a text answers with. */
final class NumberAnswer {
  static final String MARKER = "####";

  /**
   * A sign that is no dash or minus between two values; digits, with commas by the thousand; a
   * fraction. Possessive, so that long digits cost their length only.
   */
  private static final Pattern NUMBER =
      Pattern.compile(
          "(?<sign>(?<![\\p{L}\\p{N})])[-+])?(?:[$€£](?<minus>-)?)?"
              + "(?<value>(?:\\d{1,3}(?:,\\d{3})++(?!\\d)|\\d++)(?:\\.\\d++)?+|\\.\\d++)");

  private static final int MOST_DIGITS = 300;

  private NumberAnswer() {}

  /** The first number after the last marker; without a marker, the last number of the text. */
  static Optional<BigDecimal> of(String text) {
    int marker = text.lastIndexOf(MARKER);
    return marker < 0 ? last(text) : afterMarker(text);
  }

  /** The first number after the last marker; empty if there is no marker, or no number. */
  static Optional<BigDecimal> afterMarker(String text) {
    int marker = text.lastIndexOf(MARKER);
    if (marker < 0) {
      return Optional.empty();
    }
    Matcher matcher = NUMBER.matcher(plain(text.substring(marker + MARKER.length())));
    return matcher.find() ? value(matcher) : Optional.empty();
  }

  private static Optional<BigDecimal> last(String text) {
    Matcher matcher = NUMBER.matcher(plain(text));
    Optional<BigDecimal> last = Optional.empty();
    while (matcher.find()) {
      last = value(matcher).or(Optional::empty);
    }
    return last;
  }

  /** Digits of any script's full width as ASCII, and one sign for minus. */
  private static String plain(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC)
        .replace('\u2212', '-')
        .replace('\u2013', '-')
        .replace('\u00A0', ' ');
  }

  private static Optional<BigDecimal> value(Matcher matcher) {
    String digits = matcher.group("value").replace(",", "");
    if (digits.length() > MOST_DIGITS) {
      return Optional.empty();
    }
    BigDecimal value = new BigDecimal(digits).stripTrailingZeros();
    boolean negative = "-".equals(matcher.group("sign")) != "-".equals(matcher.group("minus"));
    return Optional.of(negative ? value.negate() : value);
  }

  /** The usual form: digits, a point where there is a fraction. */
  static String text(BigDecimal value) {
    return value.stripTrailingZeros().toPlainString();
  }
}
