package dev.hone.benchmarks.quality;

import dev.hone.benchmarks.quality.Summary.Estimate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes the contests as Markdown and CSV. */
final class QualityReport {
  /** A difference of score that counts as the same quality in the second ratio. */
  static final double SLACK = 0.005;

  private final Map<String, List<Contest>> groups = new LinkedHashMap<>();
  private final List<Contest> contests;

  QualityReport(List<Contest> contests) {
    this.contests = contests;
    groups.put("all", contests);
    for (SurfaceFamily family : SurfaceFamily.values()) {
      put(family.name(), contests.stream().filter(c -> c.surface().family() == family).toList());
    }
    for (SurfaceShape shape : SurfaceShape.values()) {
      put(shape.name(), contests.stream().filter(c -> c.surface().shape() == shape).toList());
    }
  }

  private void put(String name, List<Contest> group) {
    if (!group.isEmpty()) {
      groups.put(name, group);
    }
  }

  /** The whole page. */
  String markdown(String header, String footer) {
    StringBuilder page = new StringBuilder(header);
    page.append("\n## Racing without completions: calls to the reference's quality\n\n");
    page.append("Shares of the reference's distinct calls; 95% intervals over surfaces. ");
    page.append("What is counted at a share is the last standing within it. ");
    page.append(
        "A race may end by itself: at 100%% it has made %.0f%% of the reference's calls in the mean.%n%n"
            .formatted(100 * Summary.mean(contests, QualityReport::callsAtTheEnd)));
    page.append("| surfaces | n | baseline | reference | best | racing at 25% | at 100% ");
    page.append("| calls for the same score: median | within 0.005: median ");
    page.append("| pooled | pooled, within 0.005 | gap closed at equal calls |\n");
    page.append("|---|---|---|---|---|---|---|---|---|---|---|---|\n");
    groups.forEach((name, group) -> page.append(ratioRow(name, group)));
    page.append("\n## All players, all their calls\n\n");
    page.append(
        "What is asked again is answered from memory and costs no call; a race asks for the");
    page.append(" whole validation set to complete a configuration.\n\n");
    page.append("| player | score | minus reference | calls / reference's, median ");
    page.append(
        "| calls / reference's, of the sums | asked / reference's asked, repeats included ");
    page.append("| nothing beats the baseline: not worse |\n|---|---|---|---|---|---|---|\n");
    contests.get(0).others().keySet().forEach(player -> page.append(playerRow(player)));
    page.append("\n## Racing by default, completions included, by surfaces\n\n");
    page.append("| surfaces | reference | racing | minus reference | calls / reference's |\n");
    page.append("|---|---|---|---|---|\n");
    groups.forEach((name, group) -> page.append(defaultRow(name, group)));
    page.append(new StopReport(contests).markdown());
    page.append(new CalibrationReport(contests).markdown());
    return page.append(footer).toString();
  }

  private static double callsAtTheEnd(Contest contest) {
    return contest.curve().get(contest.curve().size() - 1).calls() / contest.reference().calls();
  }

  private static String ratioRow(String name, List<Contest> group) {
    double[] scores = Summary.scores(group);
    return row(
        name,
        String.valueOf(group.size()),
        score(Summary.mean(group, c -> c.surface().trueScore(c.surface().baseline()))),
        score(Summary.mean(group, c -> c.reference().score())),
        score(Summary.mean(group, c -> c.surface().best())),
        score(scores[Contest.FRACTIONS.indexOf(0.25)]),
        score(scores[scores.length - 1]),
        share(Summary.bootstrap(group, g -> Summary.medianRatio(g, 0))),
        share(Summary.bootstrap(group, g -> Summary.medianRatio(g, SLACK))),
        share(Summary.bootstrap(group, g -> Summary.pooledRatio(g, 0))),
        share(Summary.bootstrap(group, g -> Summary.pooledRatio(g, SLACK))),
        plain(Summary.bootstrap(group, Summary::gapClosed)));
  }

  private String playerRow(String player) {
    List<Contest> best = groups.get(SurfaceFamily.BASELINE_BEST.name());
    double calls = Summary.mean(contests, c -> c.play(player).calls());
    double paid = Summary.mean(contests, c -> c.play(player).paid());
    return row(
        player,
        score(Summary.mean(contests, c -> c.play(player).score())),
        difference(contests, player),
        "%.0f%%".formatted(100 * medianCalls(contests, player)),
        "%.0f%%".formatted(100 * calls / Summary.mean(contests, c -> c.reference().calls())),
        "%.0f%%".formatted(100 * paid / Summary.mean(contests, c -> c.reference().paid())),
        best == null
            ? ""
            : "%.0f%%".formatted(100 * Summary.mean(best, c -> c.play(player).notWorse())));
  }

  private static String defaultRow(String name, List<Contest> group) {
    return row(
        name,
        score(Summary.mean(group, c -> c.reference().score())),
        score(Summary.mean(group, c -> c.play(Contest.RACING).score())),
        difference(group, Contest.RACING),
        "%.0f%%".formatted(100 * medianCalls(group, Contest.RACING)));
  }

  private static double medianCalls(List<Contest> group, String player) {
    double[] ratios =
        group.stream()
            .mapToDouble(c -> c.play(player).calls() / c.reference().calls())
            .sorted()
            .toArray();
    return ratios[ratios.length / 2];
  }

  private static String difference(List<Contest> group, String player) {
    Estimate gain =
        Summary.bootstrap(
            group, g -> Summary.mean(g, c -> c.play(player).score() - c.reference().score()));
    return String.format(
        Locale.ROOT, "%+.3f (%+.3f to %+.3f)", gain.value(), gain.low(), gain.high());
  }

  private static String row(String... cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }

  private static String score(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  private static String plain(Estimate estimate) {
    return String.format(
        Locale.ROOT, "%.2f (%.2f to %.2f)", estimate.value(), estimate.low(), estimate.high());
  }

  private static String share(Estimate estimate) {
    return "%s (%s to %s)"
        .formatted(percent(estimate.value()), percent(estimate.low()), percent(estimate.high()));
  }

  private static String percent(double share) {
    return share >= Summary.NEVER ? "over 100%" : "%.0f%%".formatted(100 * share);
  }

  /** One line per surface and player, checkpoints of racing included. */
  String csv() {
    StringBuilder lines = new StringBuilder("family,shape,surface,player,calls,paid,score,best\n");
    for (int i = 0; i < contests.size(); i++) {
      Contest contest = contests.get(i);
      line(lines, contest, i, "reference", contest.reference());
      for (Map.Entry<String, Played> other : contest.others().entrySet()) {
        line(lines, contest, i, other.getKey(), other.getValue());
      }
      for (int f = 0; f < Contest.FRACTIONS.size(); f++) {
        line(lines, contest, i, "racing at " + Contest.FRACTIONS.get(f), contest.curve().get(f));
      }
    }
    return lines.toString();
  }

  private static void line(
      StringBuilder lines, Contest contest, int surface, String player, Played played) {
    lines.append(
        String.format(
            Locale.ROOT,
            "%s,%s,%d,\"%s\",%.1f,%.1f,%.5f,%.5f%n",
            contest.surface().family(),
            contest.surface().shape(),
            surface,
            player,
            played.calls(),
            played.paid(),
            played.score(),
            contest.surface().best()));
  }
}
