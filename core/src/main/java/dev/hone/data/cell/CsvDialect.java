package dev.hone.data.cell;

import dev.hone.coerce.RawText;
import dev.hone.type.FieldType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a spreadsheet has written a file.
 *
 * @param separator what is between cells
 * @param declared whether the first line says so, as Excel's {@code sep=;} does
 */
public record CsvDialect(char separator, boolean declared) {
  private static final Pattern DECLARED =
      Pattern.compile("\"?sep=(.)\"?[,;\\t|]*", Pattern.CASE_INSENSITIVE);
  private static final Pattern IN_BRACKETS = Pattern.compile("\\(\\s*([\\d.,]+)\\s*\\)");
  private static final Pattern GROUPED = Pattern.compile("[+-]?[1-9]\\d{0,2}[.,]\\d{3}");
  private static final Pattern LINE_END = Pattern.compile("[\\r\\n]");
  private static final List<Character> SEPARATORS = List.of(',', ';', '\t', '|');

  /**
   * Finds the separator that is declared, or said, or by which the header has most fields; a comma
   * where no other has more.
   *
   * @param text the first line that is not blank
   * @param said the separator, if it is known beforehand
   */
  public static CsvDialect of(String text, Predicate<String> isField, Optional<Character> said) {
    Matcher declared = DECLARED.matcher(text);
    if (declared.matches()) {
      return new CsvDialect(declared.group(1).charAt(0), true);
    }
    if (said.isPresent()) {
      return new CsvDialect(said.get(), false);
    }
    String header = LINE_END.split(text.stripLeading(), 2)[0];
    char best = ',';
    for (char separator : SEPARATORS) {
      if (fields(header, separator, isField) > fields(header, best, isField)) {
        best = separator;
      }
    }
    return new CsvDialect(best, false);
  }

  private static long fields(String header, char separator, Predicate<String> isField) {
    return Arrays.stream(header.split(Pattern.quote(String.valueOf(separator))))
        .map(name -> name.replace("\"", "").strip())
        .filter(isField)
        .count();
  }

  /** A cell without the formula by which Excel keeps a text one: {@code ="007"} is 007. */
  public static String plain(String cell) {
    return cell.length() > 2 && cell.startsWith("=\"") && cell.endsWith("\"")
        ? cell.substring(2, cell.length() - 1).replace("\"\"", "\"")
        : cell;
  }

  /**
   * Why a number in a cell has two readings; empty if it has one. A number in brackets is negative
   * to a spreadsheet; and where semicolons separate cells, commas are mostly decimal, and points
   * those of thousands.
   */
  public Optional<String> doubtOf(FieldType type, String cell) {
    FieldType present = type.withoutOptional();
    boolean whole = present instanceof FieldType.Whole;
    String text = cell.strip();
    if (!whole && !(present instanceof FieldType.Decimal)) {
      return Optional.empty();
    }
    Matcher brackets = IN_BRACKETS.matcher(text);
    if (brackets.matches()) {
      return Optional.of(
          "which is negative to a spreadsheet. Maybe write -%s.".formatted(brackets.group(1)));
    }
    boolean grouped = separator == ';' && GROUPED.matcher(text).matches();
    return grouped && (whole || text.indexOf(',') >= 0)
        ? Optional.of("which may have thousands or decimals. Maybe write it without that sign.")
        : Optional.empty();
  }

  /** Whether a cell is blank or a word for nothing, and not one of the values of a choice. */
  public static boolean saysAbsent(FieldType type, String cell) {
    String text = cell.strip();
    return text.isEmpty() || (RawText.isNothingInFiles(text) && !isAllowed(type, text));
  }

  private static boolean isAllowed(FieldType type, String text) {
    if (type instanceof FieldType.OptionalOf optional) {
      return isAllowed(optional.type(), text);
    } else if (type instanceof FieldType.ListOf list) {
      return isAllowed(list.item(), text);
    } else if (type instanceof FieldType.SetOf set) {
      return isAllowed(set.item(), text);
    }
    return type instanceof FieldType.Choice choice
        && choice.allowed().stream().anyMatch(value -> value.name().equalsIgnoreCase(text));
  }
}
