package dev.hone.benchmarks.quality;

import dev.hone.benchmarks.quality.Summary.Estimate;
import dev.hone.optimize.search.racing.RacingSearch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * Writes how early a race by default stops: where nothing beats the baseline, where something does,
 * and what of its calls chose and what completed.
 */
final class StopReport {
  private static final double TOLERANCE = 0.02;

  private static final List<String> PLAYERS =
      List.of(Contest.RACING, Contest.RACING + ", 1 in flight", Contest.RACING + ", 4 in flight");

  private final List<Contest> contests;
  private final Map<String, List<Contest>> groups = new LinkedHashMap<>();

  StopReport(List<Contest> contests) {
    this.contests = contests;
    put("BASELINE_BEST: nothing beats the baseline", c -> of(c, SurfaceFamily.BASELINE_BEST));
    for (SurfaceShape shape : SurfaceShape.values()) {
      put("… " + shape, c -> of(c, SurfaceFamily.BASELINE_BEST) && c.surface().shape() == shape);
    }
    put("all families: nothing beats it by over the tolerance", c -> gain(c) <= TOLERANCE);
    put("FLAT", c -> of(c, SurfaceFamily.FLAT));
    put("all families: something beats it by over the tolerance", c -> gain(c) > TOLERANCE);
  }

  private void put(String name, Predicate<Contest> member) {
    List<Contest> group = contests.stream().filter(member).toList();
    if (!group.isEmpty()) {
      groups.put(name, group);
    }
  }

  private static boolean of(Contest contest, SurfaceFamily family) {
    return contest.surface().family() == family;
  }

  private static double gain(Contest contest) {
    return contest.surface().best() - contest.surface().trueScore(contest.surface().baseline());
  }

  /** The section of the page. */
  String markdown() {
    StringBuilder section = new StringBuilder("\n## How early a race stops\n\n");
    section.append(
        "A race stops early if it ends NOT_WORTH_MORE with at least a tenth of its own budget ");
    section.append(
        "unspent. Shares: 25%, **median**, 75% over surfaces, mean of a surface's plays; ");
    section.append("calls include the completion. Intervals: 95%, over surfaces.\n");
    for (String player : PLAYERS) {
      section.append("\n### ").append(player).append("\n\n");
      section.append(
          "| surfaces | n | not worse than the baseline | stops early | calls / own budget ");
      section.append("| calls / reference's | choosing / reference's | completing / reference's ");
      section.append("| score minus baseline |\n|---|---|---|---|---|---|---|---|---|\n");
      groups.forEach((name, group) -> section.append(row(name, group, player)));
    }
    return section.toString();
  }

  private static String row(String name, List<Contest> group, String player) {
    ToDoubleFunction<Contest> budget =
        c -> RacingSearch.defaults().budgetFraction() * c.surface().shape().schedule().scheduled();
    ToDoubleFunction<Contest> reference = c -> c.reference().calls();
    ToDoubleFunction<Contest> calls = c -> c.play(player).calls();
    ToDoubleFunction<Contest> completing = c -> c.play(player).completion();
    double gain =
        Summary.mean(
            group, c -> c.play(player).score() - c.surface().trueScore(c.surface().baseline()));
    return "| "
        + String.join(
            " | ",
            name,
            String.valueOf(group.size()),
            notWorse(group, player),
            percent(Summary.mean(group, c -> c.play(player).early())),
            quartiles(group, calls, budget),
            quartiles(group, calls, reference),
            quartiles(group, c -> calls.applyAsDouble(c) - completing.applyAsDouble(c), reference),
            quartiles(group, completing, reference),
            String.format(Locale.ROOT, "%+.3f", gain))
        + " |\n";
  }

  private static String notWorse(List<Contest> group, String player) {
    Estimate share = Summary.bootstrap(group, g -> Summary.mean(g, c -> c.play(player).notWorse()));
    return "%s (%s to %s)"
        .formatted(percent(share.value()), percent(share.low()), percent(share.high()));
  }

  private static String quartiles(
      List<Contest> group, ToDoubleFunction<Contest> part, ToDoubleFunction<Contest> whole) {
    double[] shares =
        group.stream().mapToDouble(c -> part.applyAsDouble(c) / whole.applyAsDouble(c)).toArray();
    return "%s, **%s**, %s"
        .formatted(
            percent(Summary.quantile(shares, 0.25)),
            percent(Summary.quantile(shares, 0.5)),
            percent(Summary.quantile(shares, 0.75)));
  }

  private static String percent(double share) {
    return "%.0f%%".formatted(100 * share);
  }
}
