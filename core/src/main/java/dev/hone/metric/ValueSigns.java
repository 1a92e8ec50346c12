package dev.hone.metric;

import dev.hone.text.LowerCase;
import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * Tells the signs that make a value what it is from the punctuation of prose, which is dropped:
 *
 * <ul>
 *   <li>part of their word are the signs after it, as in C++, C#, A+ and O-, the sign of -5, and
 *       what stands between digits, as in 3.5, 1/2, 10-12, 1:30 and 10^2;
 *   <li>words of their own are the signs of money and of mathematics, %, and symbols, so that $5
 *       has 5 in it and is not €5, and x&gt;5 is x &gt; 5;
 *   <li>dropped are quotes, emphasis, the points of p.m. and the hyphen of well-known;
 *   <li>all else, such as commas and brackets, parts words.
 * </ul>
 *
 * <p>Forms of one sign are one: all minus signs and hyphens, ½ and 1/2, 10² and 10^2, 1,000 and
 * 1000, full width and small digits below the line.
 *
 * <p>One pass, in time that is linear in the text.
 */
final class ValueSigns {
  private static final Pattern GROUPED =
      Pattern.compile(
          "(?<![\\d.,'_])(\\d{1,3})([,'’_\\u2009\\u202f])(\\d{3})((?:\\2\\d{3}){0,9})(?![\\d'_])(?!,\\d)");
  private static final Pattern SUPERSCRIPT = Pattern.compile("[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+");
  private static final Pattern FRACTION = Pattern.compile("(?<=\\d)([¼-¾⅐-⅟↉])");
  private static final Pattern POWER = Pattern.compile("(?<=\\d)\\*\\*(?=\\d)");
  private static final String ENDS = "([-+]?[\\d.∞]{1,30} ?[,;] ?[-+]?[\\d.∞]{1,30})";

  /** Intervals that are open at one end, told apart by a sign of their own. */
  private static final Pattern RIGHT_OPEN = Pattern.compile("\\[" + ENDS + "\\)");

  private static final Pattern LEFT_OPEN = Pattern.compile("\\(" + ENDS + "]");
  private static final Pattern SPACED_STROKE = Pattern.compile("(?<=\\d) ?/ ?(?=\\d)");
  private static final Pattern MINUS_BEFORE_MONEY = Pattern.compile("-(\\p{Sc})(?=[\\d.])");

  /** Quotes, and the signs of emphasis. */
  private static final String QUOTES = "'\"`‘’‚‛“”„‟«»‹›*_";

  private static final String BETWEEN_DIGITS = "/:^*_'·";
  private static final String SYMBOLS = "&@%‰§′";
  private static final String SUFFIXES = "#♭♮";
  private static final int MARKED_LETTERS = 3;

  private final String text;
  private final StringBuilder kept = new StringBuilder();
  private int position;
  private int openQuotes;
  private boolean openStar;

  private ValueSigns(String text) {
    this.text = text;
  }

  /** A text in lower case and with one form of each sign. */
  static String normal(String text) {
    String grouped = GROUPED.matcher(text).replaceAll(m -> m.group().replaceAll("\\D", ""));
    String raised = SUPERSCRIPT.matcher(grouped).replaceAll("^$0");
    String apart = FRACTION.matcher(raised).replaceAll(" $1");
    String one = Normalizer.normalize(apart.replace('´', '\''), Normalizer.Form.NFKC);
    String signs =
        one.replaceAll("[\\u2010-\\u2013\\u2212]|[\\u2014\\u2015](?=\\d)", "-")
            .replaceAll("[\\u2014\\u2015]", " ")
            .replaceAll("[\\u2044\\u2215]", "/")
            .replace("\u2032\u2032", "\"")
            .replace('♯', '#')
            .replace("!=", "≠")
            .replace("<=", "≤")
            .replace(">=", "≥");
    String powers = POWER.matcher(signs).replaceAll("^").replaceAll("(?<=\\d)\u2032(?=\\d)", "'");
    String open = RIGHT_OPEN.matcher(powers).replaceAll(" $1 \u228f ");
    signs = LEFT_OPEN.matcher(open).replaceAll(" $1 \u2290 ");
    String stroke = SPACED_STROKE.matcher(signs).replaceAll("/");
    return LowerCase.of(MINUS_BEFORE_MONEY.matcher(stroke).replaceAll("$1-"));
  }

  /** A text in its normal form, without what only prose has; words are parted by spaces. */
  static String withoutProse(String text) {
    ValueSigns signs = new ValueSigns(normal(text));
    signs.text.codePoints().forEach(signs::put);
    return signs.kept.toString();
  }

  private void put(int sign) {
    int before = position == 0 ? ' ' : text.codePointBefore(position);
    int after = after(position + Character.charCount(sign));
    if (isWord(sign) || (areDigits(before, after) && BETWEEN_DIGITS.indexOf(sign) >= 0)) {
      kept.appendCodePoint(sign);
    } else if (sign == '.') {
      point(before, after);
    } else if (sign == '-') {
      minus(before, after);
    } else if (sign == '+') {
      plus(before, after);
    } else {
      other(sign, before, after);
    }
    position += Character.charCount(sign);
  }

  private void point(int before, int after) {
    if (areDigits(before, after)) {
      kept.append('.');
    } else if (Character.isDigit(after) && !isWord(before)) {
      kept.append("0.");
    }
  }

  private void plus(int before, int after) {
    boolean follows = !kept.isEmpty() && kept.charAt(kept.length() - 1) == '+';
    if (follows || (isWord(before) && !isWord(after))) {
      kept.append('+');
    } else if (!Character.isDigit(after) || isWord(before) || before == ')') {
      alone('+');
    }
  }

  private void minus(int before, int after) {
    if (isWord(before) && isWord(after)) {
      kept.append(isOperandAfter(position + 1) && isSubtraction() ? "-" : "");
    } else if (isWord(before)) {
      kept.append(isMarked(position) ? "-" : " ");
    } else if (isOperandAfter(position + 1)) {
      kept.append('-');
    } else if (Character.isWhitespace(after) && isArithmetic()) {
      alone('-');
    } else {
      kept.append(' ');
    }
  }

  /** Whether the minus at hand has a number or letter before it, or is that of 1e-5. */
  private boolean isSubtraction() {
    boolean exponent =
        position > 1
            && text.charAt(position - 1) == 'e'
            && Character.isDigit(text.charAt(position - 2));
    return exponent || isOperandBefore(position);
  }

  /** Feet, minutes and the like after a number, where no quotation ends; others are dropped. */
  private void quote(int sign, int before, int after) {
    if (sign == '*') {
      star(before, after);
      return;
    }
    int bit = "'\"".indexOf(sign) + 1;
    if (bit == 0 || (isWord(before) && isWord(after))) {
      return;
    }
    if ((openQuotes & bit) != 0) {
      openQuotes &= ~bit;
    } else if (!isWord(before) && !Character.isWhitespace(after)) {
      openQuotes |= bit;
    } else if (Character.isDigit(before)) {
      kept.append(bit == 1 ? " ′ " : " ″ ");
    }
  }

  /** The star of a * b and of the grade A*; emphasis is dropped. */
  private void star(int before, int after) {
    if (isOperandBefore(position) && isOperandAfter(position + 1)) {
      kept.append('*');
    } else if (!isWord(before) && after != '*' && !Character.isWhitespace(after)) {
      openStar = true;
    } else if (openStar) {
      openStar = false;
    } else if (Character.isLetter(before) && after != '*' && isOperandBefore(position)) {
      kept.append('*');
    }
  }

  private void other(int sign, int before, int after) {
    boolean within = isWord(before) && isWord(after);
    int type = Character.getType(sign);
    if (QUOTES.indexOf(sign) >= 0 || type == Character.FORMAT) {
      quote(sign, before, after);
      return;
    }
    boolean suffix = isWord(before) && !isWord(after) && SUFFIXES.indexOf(sign) >= 0;
    boolean inside = sign == '^' ? isWord(before) : within && (sign == '&' || sign == '@');
    if (suffix || inside) {
      kept.appendCodePoint(sign);
    } else if (isSymbol(sign, type) || (within && sign == '/') || (isWord(after) && sign == '#')) {
      alone(sign);
    } else {
      kept.append(' ');
    }
  }

  private void alone(int sign) {
    kept.append(' ').appendCodePoint(sign).append(' ');
  }

  /** Whether a sign between spaces is one of arithmetic, or there is nothing after it. */
  private boolean isArithmetic() {
    int left = position;
    while (left > 0 && text.charAt(left - 1) == ' ') {
      left--;
    }
    int right = position + 1;
    while (right < text.length() && text.charAt(right) == ' ') {
      right++;
    }
    return right == text.length() || (isOperandBefore(left) && isOperandAfter(right));
  }

  /** Whether a number or a single letter ends at a place. */
  private boolean isOperandBefore(int end) {
    if (end == 0) {
      return false;
    }
    int last = text.codePointBefore(end);
    int start = end - Character.charCount(last);
    return Character.isDigit(last)
        || (isWord(last) && (start == 0 || !isWord(text.codePointBefore(start))));
  }

  /** Whether a number or a single letter begins at a place. */
  private boolean isOperandAfter(int start) {
    int first = after(start);
    return Character.isDigit(first)
        || first == '∞'
        || (first == '.' && Character.isDigit(after(start + 1)))
        || (isWord(first) && !isWord(after(start + Character.charCount(first))));
  }

  /** Whether a few letters end at a place, as those of a grade or a blood group. */
  private boolean isMarked(int end) {
    int start = end;
    while (start > 0 && end - start <= MARKED_LETTERS && isWord(text.charAt(start - 1))) {
      start--;
    }
    return end - start <= MARKED_LETTERS
        && text.substring(start, end).chars().allMatch(Character::isLetter);
  }

  private int after(int place) {
    return place < text.length() ? text.codePointAt(place) : ' ';
  }

  private static boolean areDigits(int before, int after) {
    return Character.isDigit(before) && Character.isDigit(after);
  }

  private static boolean isWord(int sign) {
    int type = Character.getType(sign);
    boolean mark = type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    boolean variation = sign >= 0xFE00 && sign <= 0xFE0F;
    return Character.isLetterOrDigit(sign) || (mark && !variation);
  }

  private static boolean isSymbol(int sign, int type) {
    boolean symbol =
        type == Character.CURRENCY_SYMBOL
            || type == Character.MATH_SYMBOL
            || type == Character.OTHER_SYMBOL;
    return (symbol && sign != '|') || SYMBOLS.indexOf(sign) >= 0;
  }
}
