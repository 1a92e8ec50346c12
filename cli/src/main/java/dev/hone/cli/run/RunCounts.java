package dev.hone.cli.run;

import dev.hone.batch.BatchReport;
import dev.hone.json.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a run over a file went.
 *
 * @param report the counts
 * @param failedLines the lines of the first rows without an answer
 * @param time how long it took
 * @param end what ended it before its last row
 */
record RunCounts(
    BatchReport report, List<Integer> failedLines, Duration time, Optional<RuntimeException> end) {
  private static final int SHOWN = 10;

  RunCounts {
    failedLines = List.copyOf(failedLines);
  }

  /** A run that is under way. */
  static final class Started {
    private final Clock clock;
    private final FailedLines lines;
    private final Instant begin;

    Started(Clock clock, FailedLines lines) {
      this.clock = clock;
      this.lines = lines;
      this.begin = clock.instant();
    }

    RunCounts ended(BatchReport report) {
      return ended(report, Optional.empty());
    }

    RunCounts ended(BatchReport report, Optional<RuntimeException> end) {
      return new RunCounts(
          report, lines.first(SHOWN), Duration.between(begin, clock.instant()), end);
    }
  }

  /** The rows without an answer. */
  long failed() {
    return report.failed() + report.refused();
  }

  /** One line. */
  String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%,d %s, %,d answered",
            report.rows(),
            report.rows() == 1 ? "row" : "rows",
            report.answered()));
    if (failed() > 0) {
      text.append(String.format(Locale.ROOT, ", %,d failed", failed())).append(where());
    }
    if (report.kept() > 0) {
      text.append(String.format(Locale.ROOT, ", %,d of them kept from before", report.kept()));
    }
    if (report.setAside() > 0) {
      text.append(String.format(Locale.ROOT, ", %,d more set aside", report.setAside()));
    }
    text.append(
        String.format(
            Locale.ROOT,
            ", %,d %s%s, %,d s",
            report.spend().lmCalls(),
            report.spend().lmCalls() == 1 ? "call" : "calls",
            report.spend().moneyPhrase(),
            time.toSeconds()));
    return text.toString();
  }

  private String where() {
    if (failedLines.isEmpty()) {
      return " (see hone_error)";
    }
    String lines = failedLines.stream().map(String::valueOf).collect(Collectors.joining(", "));
    boolean more = failed() > failedLines.size();
    return " (%s %s%s: see hone_error)"
        .formatted(failed() == 1 ? "line" : "lines", lines, more ? ", …" : "");
  }

  /** The counts as JSON. */
  ObjectNode json() {
    ObjectNode json =
        Json.object()
            .put("rows", report.rows())
            .put("answered", report.answered())
            .put("failed", failed())
            .put("kept", report.kept())
            .put("setAside", report.setAside())
            .put("calls", report.spend().lmCalls())
            .put("cachedCalls", report.spend().cachedCalls())
            .put("tokens", report.spend().usage().totalTokens())
            .put("seconds", time.toMillis() / 1000.0);
    if (report.spend().money().leastUsd().signum() > 0) {
      json.put("costUsd", report.spend().money().leastUsd());
    }
    ArrayNode lines = json.putArray("failedLines");
    failedLines.forEach(lines::add);
    ObjectNode errors = json.putObject("errors");
    report.errorsByClass().forEach((name, group) -> errors.put(name, group.count()));
    json.put("complete", end.isEmpty());
    return json;
  }
}
