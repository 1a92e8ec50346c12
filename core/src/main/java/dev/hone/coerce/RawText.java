package dev.hone.coerce;

import dev.hone.text.Excerpt;
import dev.hone.type.FieldType;
import dev.hone.type.FieldType.Any;
import dev.hone.type.FieldType.Choice;
import dev.hone.type.FieldType.ListOf;
import dev.hone.type.FieldType.SetOf;
import dev.hone.type.FieldType.Text;
import java.util.Locale;
import java.util.Set;

/** Small parsers of raw text that a model or a file wrote. */
public final class RawText {
  private static final int SHOWN_CHARS = 80;
  private static final int LONGEST_WORDS = 24;
  private static final Set<String> NOTHING =
      Set.of("", "null", "none", "undefined", "n/a", "n.a", "-", "--", "–", "—");
  private static final Set<String> NOTHING_UNLESS_TEXT =
      Set.of(
          "na",
          "#n/a",
          "nan",
          "nat",
          "nil",
          "nothing",
          "empty",
          "not applicable",
          "not available",
          "not given");
  private static final Set<String> NOTHING_IN_FILES =
      Set.of("nan", "n/a", "none", "null", "nat", "<na>", "#n/a", "#na", "-nan", "nil");
  private static final int LONGEST_IN_FILES = 4;
  private static final String OPENING = "*_([{<\"'`“‘«";
  private static final String CLOSING = "*_)]}>\"'`”’»";
  private static final String QUOTED_OR_NESTED = "\"'`“‘«[{(";
  private static final int QUOTES = OPENING.indexOf('"');

  private RawText() {}

  /** The text without the quotes, brackets, emphasis and full stop that surround it. */
  static String bare(String text) {
    return peeled(text, OPENING.length());
  }

  /** The text without the brackets, emphasis and full stop that surround it. */
  static String unbracketed(String text) {
    return peeled(text, QUOTES);
  }

  private static String peeled(String text, int pairs) {
    String rest = withoutFence(text.strip());
    int start = 0;
    int end = rest.length();
    while (end - start > 1) {
      char last = rest.charAt(end - 1);
      int pair = OPENING.indexOf(rest.charAt(start));
      if (last == '.' || last == ',' || last == ';' || Character.isWhitespace(last)) {
        end--;
      } else if (Character.isWhitespace(rest.charAt(start))) {
        start++;
      } else if (pair >= 0 && pair < pairs && last == CLOSING.charAt(pair)) {
        start++;
        end--;
      } else {
        break;
      }
    }
    return rest.substring(start, end).strip();
  }

  /** The inside of a text that is one fenced block of code as a whole. */
  static String withoutFence(String text) {
    if (!text.startsWith("```") || !text.endsWith("```") || text.length() < 6) {
      return text;
    }
    int line = text.indexOf('\n');
    return line < 0 || line > text.length() - 4
        ? text
        : text.substring(line + 1, text.length() - 3).strip();
  }

  /**
   * Whether a text says that there is no value of a type. There is one set of words for it: {@code
   * null}, {@code none}, {@code undefined}, {@code N/A}, a dash or nothing at all; and where no
   * text is expected, what can only mean that there, such as {@code NA} and {@code NaN}. An allowed
   * value of a choice with such a name is a value, and so are empty brackets.
   */
  static boolean saysAbsent(FieldType type, String text) {
    String rest = text.strip();
    return rest.length() <= LONGEST_WORDS
        && !rest.startsWith("[")
        && !rest.startsWith("{")
        && saysNothing(type, bare(rest).toLowerCase(Locale.ROOT))
        && !(type instanceof Choice choice && ChoiceNames.find(choice, text) != null);
  }

  private static boolean saysNothing(FieldType type, String words) {
    FieldType item =
        type instanceof ListOf list ? list.item() : type instanceof SetOf set ? set.item() : type;
    boolean text = item.withoutOptional() instanceof Text || item.withoutOptional() instanceof Any;
    String said = words.replace(" / ", "/");
    return NOTHING.contains(said) || !text && NOTHING_UNLESS_TEXT.contains(said);
  }

  /**
   * Whether a cell of a file is one of the words that programs write where there is no value, for
   * texts too: pandas, R and spreadsheets write {@code nan}, {@code NaT}, {@code <NA>}, {@code
   * #N/A}. A model writes the text {@code nan} on purpose, so that in replies {@link #saysAbsent}
   * has fewer words for texts; and a dash, which a model puts for nothing, is a value in a file.
   */
  public static boolean isNothingInFiles(String cell) {
    return cell.length() <= LONGEST_IN_FILES
        && (cell.equals("NA") || NOTHING_IN_FILES.contains(cell.toLowerCase(Locale.ROOT)));
  }

  /**
   * Whether a text says that there are no items of a type, in the words for an absent value, with
   * empty brackets, such a word in brackets or {@code empty}; brackets around other words are
   * items.
   */
  static boolean saysEmpty(FieldType item, String text) {
    String rest = text.strip();
    if (rest.startsWith("[") || rest.startsWith("{")) {
      boolean closed = rest.length() > 1 && (rest.endsWith("]") || rest.endsWith("}"));
      return closed && holdsNothing(item, rest.substring(1, rest.length() - 1).strip());
    }
    boolean named = item instanceof Choice choice && ChoiceNames.find(choice, rest) != null;
    return !named
        && rest.length() <= LONGEST_WORDS
        && (saysAbsent(item, rest) || bare(rest).equalsIgnoreCase("empty"));
  }

  /** Whether nothing is in brackets, or a word without quotes for it that is no JSON. */
  private static boolean holdsNothing(FieldType item, String inside) {
    return inside.isEmpty()
        || QUOTED_OR_NESTED.indexOf(inside.charAt(0)) < 0
            && !inside.equals("null")
            && !(item instanceof FieldType.OptionalOf)
            && saysAbsent(item, inside);
  }

  /** The text for a message: at most 80 characters, on one line. */
  public static String shortened(String text) {
    return Excerpt.ofLine(text, SHOWN_CHARS);
  }
}
