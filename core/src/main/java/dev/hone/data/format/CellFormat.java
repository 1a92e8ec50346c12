package dev.hone.data.format;

import dev.hone.InvalidInputException;
import dev.hone.type.FieldType;
import dev.hone.type.FieldType.TemporalKind;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a file writes its cells: what separates them, whether commas are decimal, and the form of
 * dates. By default the separator is found in the header, points are decimal, and dates are those
 * of ISO 8601. Immutable and thread-safe.
 */
public final class CellFormat {
  private static final CellFormat DEFAULTS = new CellFormat(null, false, null, false);
  private static final Pattern DECIMAL_COMMA =
      Pattern.compile("[+-]?(\\d+|\\d{1,3}([. '\\u00a0\\u202f]\\d{3})+)(,\\d*)?");
  private static final String FORMULA = "=+-@\t\r";
  private static final Pattern GROUP_SIGN = Pattern.compile("[. '\\u00a0\\u202f]");

  private final @Nullable Character separator;
  private final boolean decimalComma;
  private final @Nullable String datePattern;
  private final @Nullable DateTimeFormatter dates;
  private final boolean safe;

  private CellFormat(
      @Nullable Character separator,
      boolean decimalComma,
      @Nullable String datePattern,
      boolean safe) {
    this.safe = safe;
    this.separator = separator;
    this.decimalComma = decimalComma;
    this.datePattern = datePattern;
    this.dates = datePattern == null ? null : formatter(datePattern);
  }

  /** The separator found in the header, decimal points, dates of ISO 8601. */
  public static CellFormat defaults() {
    return DEFAULTS;
  }

  /** A copy whose cells are separated by a sign; a first line {@code sep=;} still wins. */
  public CellFormat separatedBy(char sign) {
    return new CellFormat(sign, decimalComma, datePattern, safe);
  }

  /**
   * A copy in which commas are decimal and points, spaces and apostrophes are those of thousands:
   * {@code 1.234,5} is 1234.5.
   */
  public CellFormat withDecimalComma(boolean comma) {
    return new CellFormat(separator, comma, datePattern, safe);
  }

  /**
   * A copy with a form of dates, such as {@code dd.MM.yyyy} or {@code MM/dd/yyyy HH:mm}; dates of
   * ISO 8601 are still read.
   *
   * @throws InvalidInputException if it is no pattern of {@code DateTimeFormatter}
   */
  public CellFormat withDatePattern(String pattern) {
    return new CellFormat(separator, decimalComma, pattern, safe);
  }

  /**
   * A copy that writes an apostrophe before a text that begins with a sign by which spreadsheets
   * know formulas ({@code = + - @}, a tab, a carriage return), so that none runs what a model or a
   * stranger wrote. Numbers stay. Default: texts are written as they are.
   */
  public CellFormat withSafeTexts() {
    return new CellFormat(separator, decimalComma, datePattern, true);
  }

  private static DateTimeFormatter formatter(String pattern) {
    try {
      return new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .appendPattern(pattern.replace('y', 'u'))
          .toFormatter(Locale.ENGLISH)
          .withResolverStyle(ResolverStyle.STRICT);
    } catch (IllegalArgumentException e) {
      throw InvalidInputException.of(
          "The form of dates (%s) is no pattern".formatted(pattern),
          "write it with yyyy, MM and dd, such as dd.MM.yyyy");
    }
  }

  /** What separates cells; empty where it is found in the header. */
  public Optional<Character> separator() {
    return Optional.ofNullable(separator);
  }

  /** Whether commas are decimal. */
  public boolean isDecimalComma() {
    return decimalComma;
  }

  /** The form of dates; empty for ISO 8601 only. */
  public Optional<String> datePattern() {
    return Optional.ofNullable(datePattern);
  }

  /**
   * A cell as it would be with decimal points and dates of ISO 8601; as it is where it is not
   * written in this format, or not of such a type.
   */
  public String standard(FieldType type, String cell) {
    FieldType present = type.withoutOptional();
    String text = cell.strip();
    if (present instanceof FieldType.Temporal temporal && dates != null) {
      return date(dates, temporal.kind(), text).orElse(cell);
    }
    boolean number = present instanceof FieldType.Whole || present instanceof FieldType.Decimal;
    return number && decimalComma && DECIMAL_COMMA.matcher(text).matches()
        ? GROUP_SIGN.matcher(text).replaceAll("").replace(',', '.')
        : cell;
  }

  /** The opposite of {@link #standard}: a value's standard text as a cell of this format. */
  public String cell(FieldType type, String standard) {
    FieldType present = type.withoutOptional();
    if (present instanceof FieldType.Decimal && decimalComma) {
      return standard.replace('.', ',');
    }
    if (present instanceof FieldType.Temporal temporal && dates != null) {
      return written(dates, temporal.kind(), standard);
    }
    boolean number = present instanceof FieldType.Whole || present instanceof FieldType.Decimal;
    boolean formula = !standard.isEmpty() && FORMULA.indexOf(standard.charAt(0)) >= 0;
    return safe && formula && !number ? "'" + standard : standard;
  }

  private static String written(DateTimeFormatter dates, TemporalKind kind, String standard) {
    try {
      return switch (kind) {
        case DATE -> dates.format(LocalDate.parse(standard));
        case DATE_TIME -> dates.format(LocalDateTime.parse(standard));
        case TIME, INSTANT, OFFSET_DATE_TIME, DURATION -> standard;
      };
    } catch (DateTimeException e) {
      return standard;
    }
  }

  private static Optional<String> date(DateTimeFormatter dates, TemporalKind kind, String text) {
    try {
      TemporalAccessor parsed = dates.parse(text);
      LocalDate date = parsed.query(TemporalQueries.localDate());
      LocalTime time = parsed.query(TemporalQueries.localTime());
      return switch (kind) {
        case DATE -> Optional.ofNullable(date).map(LocalDate::toString);
        case TIME -> Optional.ofNullable(time).map(LocalTime::toString);
        case DATE_TIME, INSTANT, OFFSET_DATE_TIME ->
            Optional.ofNullable(date)
                .map(day -> day.atTime(time == null ? LocalTime.MIDNIGHT : time).toString());
        case DURATION -> Optional.empty();
      };
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** One line, such as {@code CellFormat[separator ;, decimal comma, dates dd.MM.yyyy]}. */
  @Override
  public String toString() {
    return "CellFormat[separator %s, decimal %s, dates %s]"
        .formatted(
            separator == null ? "as found" : separator,
            decimalComma ? "comma" : "point",
            datePattern == null ? "ISO 8601" : datePattern);
  }
}
