package dev.hone.optimize.mipro;

import dev.hone.evaluate.Interval;
import dev.hone.optimize.search.Ask;
import java.util.Locale;
import java.util.stream.Collectors;

/** A report as plain text of at most 100 columns. */
final class ReportText {
  private ReportText() {}

  static String of(MiproV2Report report) {
    StringBuilder text = new StringBuilder();
    text.append(
        "MIPROv2: %s -> %s on %d validation examples%s%n"
            .formatted(
                report.baseline(),
                report.best(),
                report.best().examples(),
                report.improved() ? "" : " (nothing beat the baseline)"));
    text.append("plan      %s%n".formatted(report.plan()));
    text.append(
        "finished  %s after %s%n"
            .formatted(
                report.finishReason().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                seconds(report)));
    text.append("calls     %s%n".formatted(calls(report)));
    text.append(
        "%n%5s  %-9s  %-10s  %-16s  %5s  %-22s  %5s%n"
            .formatted("trial", "kind", "chosen", "configuration", "n", "score", "calls"));
    report.trials().forEach(trial -> text.append(row(trial)));
    report.problems().forEach(problem -> text.append("note: %s%n".formatted(problem)));
    if (report.degraded()) {
      text.append("degraded: a step of the proposer failed, see the notes\n");
    }
    return text.toString();
  }

  private static String seconds(MiproV2Report report) {
    return "%.1f s".formatted(report.duration().toMillis() / 1000.0);
  }

  private static String calls(MiproV2Report report) {
    String stages =
        report.spendByStage().entrySet().stream()
            .map(entry -> entry.getKey() + " " + entry.getValue().lmCalls())
            .collect(Collectors.joining(", "));
    return "%d (%s), %d from the cache, %s%d tokens"
        .formatted(
            report.spend().lmCalls(),
            stages,
            report.spend().cachedCalls(),
            report.spend().usage().known() ? "" : "at least ",
            report.spend().usage().totalTokens());
  }

  private static String row(TrialRecord trial) {
    Ask ask = trial.ask();
    Interval interval = trial.interval();
    String score =
        interval == null
            ? "no score"
            : "%.3f [%.3f, %.3f]"
                .formatted(trial.scoreMean().orElseThrow(), interval.lower(), interval.upper());
    return "%5d  %-9s  %-10s  %-16s  %5d  %-22s  %5d%n"
        .formatted(
            ask.trial(),
            ask.kind().name().toLowerCase(Locale.ROOT),
            ask.choice().name().toLowerCase(Locale.ROOT),
            ask.configuration().choices(),
            ask.examples().size(),
            score,
            trial.spend().lmCalls());
  }
}
