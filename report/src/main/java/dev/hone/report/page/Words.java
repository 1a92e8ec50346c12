package dev.hone.report.page;

import dev.hone.report.data.SpendEntry;
import dev.hone.text.Excerpt;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as people write them. */
public final class Words {
  private Words() {}

  /** A whole number with thousands apart, such as {@code 12,345}. */
  public static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** A number with its noun, such as {@code 1,200 examples}. */
  public static String count(long value, String noun) {
    return number(value) + " " + noun + (value == 1 ? "" : "s");
  }

  /** A time, such as {@code 0.4 s}, {@code 41 s}, {@code 3 min 20 s} or {@code 2 h 05 min}. */
  public static String seconds(double value) {
    if (value < 9.95) {
      return String.format(Locale.ROOT, "%.1f s", value);
    }
    long whole = Math.round(value);
    if (whole < 100) {
      return whole + " s";
    }
    return whole < 3600
        ? "%d min %02d s".formatted(whole / 60, whole % 60)
        : "%d h %02d min".formatted(whole / 3600, whole % 3600 / 60);
  }

  /** Money, as far as it is known. */
  public static String money(SpendEntry spend) {
    if (spend.usd() <= 0) {
      return spend.usdKnown() ? "0 USD" : "not known";
    }
    String amount =
        spend.usd() >= 1
            ? String.format(Locale.ROOT, "%,.2f", spend.usd())
            : BigDecimal.valueOf(spend.usd()).round(new MathContext(2)).toPlainString();
    return (spend.usdKnown() ? "" : "at least ") + amount + " USD";
  }

  /** Tokens, as far as they are known. */
  public static String tokens(SpendEntry spend) {
    return (spend.tokensKnown() ? "" : "at least ") + number(spend.tokens());
  }

  /** A probability in percent, never 0 or 100. */
  public static String percent(double probability) {
    if (probability >= 0.995) {
      return "over 99 %";
    }
    return probability < 0.005
        ? "under 1 %"
        : String.format(Locale.ROOT, "%.0f %%", 100 * probability);
  }

  /** The beginning of a text. */
  public static String excerpt(String text, int most) {
    return Excerpt.of(text, most);
  }

  /** The beginning of a text, on one line. */
  public static String line(String text, int most) {
    return Excerpt.ofLine(text, most);
  }
}
