package dev.hone.coerce;

import dev.hone.type.FieldType.TemporalKind;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The written forms of dates and times. Canonical is ISO-8601 with seconds always; tolerated are a
 * space for the T, slashes in dates, one-digit hours, missing seconds, and a time after a date.
 */
public final class TemporalForm {
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendValue(ChronoField.HOUR_OF_DAY, 1, 2, java.time.format.SignStyle.NOT_NEGATIVE)
          .appendLiteral(':')
          .appendValue(ChronoField.MINUTE_OF_HOUR, 2)
          .optionalStart()
          .appendLiteral(':')
          .appendValue(ChronoField.SECOND_OF_MINUTE, 2)
          .optionalStart()
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter(Locale.ROOT);
  private static final DateTimeFormatter ANY =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendLiteral('T')
          .append(TIME)
          .optionalStart()
          .appendPattern("[XXX][XX][X]")
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);
  private static final DateTimeFormatter ANY_TIME =
      new DateTimeFormatterBuilder()
          .append(TIME)
          .appendPattern("[XXX][XX][X]")
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private static final Pattern SLASHES = Pattern.compile("^(\\d{4})/(\\d{2})/(\\d{2})");
  private static final Pattern GAP = Pattern.compile("(?<=^\\d{4}-\\d{2}-\\d{2})[ t]+(?=\\d)");
  private static final Pattern UTC = Pattern.compile("(?<=\\d) ?(z|UTC|GMT| Z)$");

  private TemporalForm() {}

  /** Writes a value of the Java type behind a kind in its canonical form. */
  public static String write(TemporalKind kind, Object value) {
    return switch (kind) {
      case TIME -> DateTimeFormatter.ISO_LOCAL_TIME.format((LocalTime) value);
      case DATE_TIME -> DateTimeFormatter.ISO_LOCAL_DATE_TIME.format((LocalDateTime) value);
      case OFFSET_DATE_TIME ->
          DateTimeFormatter.ISO_OFFSET_DATE_TIME.format((OffsetDateTime) value);
      case DATE, INSTANT, DURATION -> value.toString();
    };
  }

  /** The canonical form of a text, or null if it is not of this kind. */
  static @Nullable String canonical(TemporalKind kind, String text) {
    try {
      String exact = exact(kind, text);
      return exact.equals(text) ? text : exact;
    } catch (DateTimeException e) {
      try {
        return tolerant(kind, RawText.bare(text));
      } catch (DateTimeException refused) {
        return null;
      }
    }
  }

  private static String exact(TemporalKind kind, String text) {
    return write(kind, read(kind, text));
  }

  /** Reads a canonical text as a value of the Java type behind a kind. */
  static Object read(TemporalKind kind, String text) {
    return switch (kind) {
      case DATE -> LocalDate.parse(text);
      case TIME -> LocalTime.parse(text);
      case DATE_TIME -> LocalDateTime.parse(text);
      case INSTANT -> Instant.parse(text);
      case OFFSET_DATE_TIME -> OffsetDateTime.parse(text);
      case DURATION -> Duration.parse(text);
    };
  }

  private static String tolerant(TemporalKind kind, String text) {
    if (kind == TemporalKind.DURATION) {
      return write(kind, Duration.parse(text));
    }
    if (kind == TemporalKind.TIME) {
      return write(kind, LocalTime.from(ANY_TIME.parse(text)));
    }
    String dashed = SLASHES.matcher(text).replaceFirst("$1-$2-$3");
    String joined = GAP.matcher(dashed).replaceFirst("T");
    TemporalAccessor parsed = ANY.parse(UTC.matcher(joined).replaceFirst("Z"));
    return write(
        kind,
        switch (kind) {
          case DATE -> LocalDate.from(parsed);
          case DATE_TIME -> LocalDateTime.from(parsed);
          case INSTANT -> moment(parsed);
          default -> OffsetDateTime.from(parsed);
        });
  }

  /** A moment without an offset is taken for UTC, which is what was asked for. */
  private static Instant moment(TemporalAccessor parsed) {
    return parsed.isSupported(ChronoField.OFFSET_SECONDS)
        ? Instant.from(parsed)
        : LocalDateTime.from(parsed).toInstant(ZoneOffset.UTC);
  }
}
