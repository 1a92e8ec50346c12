package dev.hone.project.data;

import java.time.DateTimeException;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds by the cells of a file how it writes numbers and dates. */
final class CellGuess {
  private static final Pattern WITH_COMMA =
      Pattern.compile("[+-]?(\\d{1,3}([. '\\u00a0\\u202f]\\d{3})*|\\d+),\\d+");
  private static final Pattern WITH_POINT = Pattern.compile("[+-]?\\d+\\.\\d+");
  private static final Pattern DIGIT_FIRST = Pattern.compile("\\d{1,4}[./-]\\d{1,2}[./-]\\d.*");
  private static final List<String> DATES =
      List.of(
          "d.M.yyyy",
          "dd.MM.yyyy",
          "d/M/yyyy",
          "M/d/yyyy",
          "dd/MM/yyyy",
          "MM/dd/yyyy",
          "dd-MM-yyyy",
          "d.M.yy",
          "M/d/yy");
  private static final List<String> TIMES = List.of("", " HH:mm", " HH:mm:ss", " H:mm");

  private CellGuess() {}

  /** Whether more columns have numbers with commas than with points. */
  static boolean hasDecimalCommas(List<List<String>> rows) {
    List<List<String>> columns = columns(rows);
    long commas = columns.stream().filter(cells -> mostly(cells, WITH_COMMA)).count();
    long points = columns.stream().filter(cells -> mostly(cells, WITH_POINT)).count();
    return commas > points;
  }

  /** Some of them, and the others whole: {@code 12} stands among {@code 3,5}. */
  private static boolean mostly(List<String> cells, Pattern form) {
    long of = cells.stream().filter(cell -> form.matcher(cell).matches()).count();
    long whole = cells.stream().filter(cell -> cell.matches("[+-]?\\d+")).count();
    return of > 0 && of + whole >= 0.9 * cells.size();
  }

  /**
   * The pattern of the first column of dates that are not those of ISO 8601; where day and month
   * can be read either way in all rows, the day first with points, the month first with strokes.
   */
  static Optional<String> datePattern(List<List<String>> rows) {
    return columns(rows).stream()
        .filter(cells -> !cells.isEmpty())
        .filter(cells -> cells.stream().allMatch(cell -> DIGIT_FIRST.matcher(cell).matches()))
        .flatMap(cells -> patternOf(cells).stream())
        .findFirst();
  }

  private static Optional<String> patternOf(List<String> cells) {
    List<String> fitting = new ArrayList<>();
    for (String date : DATES) {
      for (String time : TIMES) {
        if (fits(date + time, cells)) {
          fitting.add(date + time);
        }
      }
    }
    return fitting.stream()
        .filter(p -> p.startsWith("dd") || p.startsWith("MM"))
        .reduce((a, b) -> b)
        .or(() -> fitting.stream().reduce((a, b) -> b));
  }

  private static boolean fits(String pattern, List<String> cells) {
    DateTimeFormatter form =
        DateTimeFormatter.ofPattern(pattern.replace('y', 'u'), Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);
    try {
      cells.forEach(form::parse);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  /** The cells that are not blank, by column. */
  private static List<List<String>> columns(List<List<String>> rows) {
    List<List<String>> columns = new ArrayList<>();
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        while (columns.size() <= i) {
          columns.add(new ArrayList<>());
        }
        if (!row.get(i).isBlank()) {
          columns.get(i).add(row.get(i).strip());
        }
      }
    }
    return columns;
  }
}
