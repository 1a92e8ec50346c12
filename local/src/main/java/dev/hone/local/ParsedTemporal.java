package dev.hone.local;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The forms of dates and times: how a prompt names them, and how they are written. */
enum ParsedTemporal {
  OFFSET_DATE_TIME("date, time and offset", "D[T]C(?:Z|[+-]\\d\\d:\\d\\d)"),
  DATE_TIME("date and time", "D[T]C"),
  DATE("date", "D"),
  TIME("time", "C"),
  INSTANT("moment", "D[T]CZ"),
  DURATION("ISO-8601 duration", "P[T]\\d{1,6}[HMS]");

  private final String label;
  private final Pattern pattern;

  /** In patterns, D stands for a date and C for a time of the clock. */
  ParsedTemporal(String label, String pattern) {
    this.label = label;
    this.pattern =
        Pattern.compile(
            pattern.replace("D", "\\d{4}-\\d\\d-\\d\\d").replace("C", "\\d\\d:\\d\\d(?::\\d\\d)?"));
  }

  /** How a label of this form begins; longer ones come first. */
  String label() {
    return label;
  }

  /** The first valid value in a text. */
  Optional<String> find(String text) {
    return pattern
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .filter(this::isValid)
        .findFirst();
  }

  private boolean isValid(String text) {
    try {
      return parse(text) != null;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private Object parse(String text) {
    return switch (this) {
      case OFFSET_DATE_TIME -> OffsetDateTime.parse(text);
      case DATE_TIME -> LocalDateTime.parse(text);
      case DATE -> LocalDate.parse(text);
      case TIME -> LocalTime.parse(text);
      case INSTANT -> Instant.parse(text);
      case DURATION -> Duration.parse(text);
    };
  }

  /** The value that stands for not knowing. */
  String origin() {
    return switch (this) {
      case OFFSET_DATE_TIME -> "1970-01-01T00:00:00+00:00";
      case DATE_TIME -> "1970-01-01T00:00:00";
      case DATE -> "1970-01-01";
      case TIME -> "00:00:00";
      case INSTANT -> "1970-01-01T00:00:00Z";
      case DURATION -> "PT0S";
    };
  }
}
