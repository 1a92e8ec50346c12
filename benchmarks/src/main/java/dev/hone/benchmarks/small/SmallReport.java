package dev.hone.benchmarks.small;

import dev.hone.benchmarks.quality.Summary;
import dev.hone.benchmarks.quality.Summary.Estimate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** Writes contests as Markdown. Scores are in points; intervals are of 95%, over tasks. */
final class SmallReport {
  private static final double GAIN = 0.05;

  private final List<SmallContest> contests;
  private final List<String> players;
  private final Map<String, List<SmallContest>> families = new LinkedHashMap<>();
  private final Map<String, Predicate<SmallContest>> groups = new LinkedHashMap<>();

  SmallReport(List<SmallContest> contests) {
    this.contests = contests;
    players = List.copyOf(contests.get(0).plays().keySet());
    for (SmallContest contest : contests) {
      families.computeIfAbsent(
          contest.family(),
          family -> contests.stream().filter(c -> c.family().equals(family)).toList());
    }
    groups.put("all", c -> true);
    groups.put("up to 20 examples", c -> c.examples() <= 20);
    groups.put("21 to 45", c -> c.examples() > 20 && c.examples() <= 45);
    groups.put("46 to 80", c -> c.examples() > 45 && c.examples() <= 80);
    groups.put("over 80", c -> c.examples() > 80);
    groups.put("spread under 2 points", c -> c.spread() < 0.02);
    groups.put("spread 2 to 4", c -> c.spread() >= 0.02 && c.spread() < 0.04);
    groups.put("spread over 4", c -> c.spread() >= 0.04);
  }

  String markdown() {
    return overview() + byFamily() + losses() + gains();
  }

  private String overview() {
    StringBuilder text =
        new StringBuilder(
            """
            ## All players

            | player | score | minus reference | lower bound | calls, median | tokens, median | family of most tokens | tokens of a later call |
            |---|---|---|---|---|---|---|---|
            """);
    for (String player : players) {
      text.append(
          row(
              player,
              points(mean(contests, c -> c.mean(player, SmallPlay::score))),
              difference(contests, player),
              signed(Summary.lowerBound(contests, g -> mean(g, c -> c.difference(player)))),
              share(contests, player, SmallPlay::calls),
              share(contests, player, SmallPlay::tokens),
              dearest(player),
              String.format(
                  Locale.ROOT,
                  "%.0f",
                  mean(contests, c -> c.mean(player, SmallPlay::promptTokens)))));
    }
    return text.toString();
  }

  private String dearest(String player) {
    return families.entrySet().stream()
        .max(Comparator.comparingDouble(e -> median(e.getValue(), player, SmallPlay::tokens)))
        .map(e -> e.getKey() + " " + percent(median(e.getValue(), player, SmallPlay::tokens)))
        .orElse("");
  }

  private String byFamily() {
    StringBuilder text = new StringBuilder("\n## By family\n\nScore minus the reference's; ");
    text.append("in brackets the medians of calls and tokens, as shares of the reference's.\n\n");
    text.append("| family | tasks | baseline | best | reference |");
    players.stream().skip(1).forEach(player -> text.append(' ').append(player).append(" |"));
    text.append("\n|---|---|---|---|---|").append("---|".repeat(players.size() - 1)).append('\n');
    families.forEach(
        (family, group) -> {
          text.append("| %s | %d | ".formatted(family, group.size()));
          text.append(points(mean(group, SmallContest::baseline))).append(" | ");
          text.append(points(mean(group, SmallContest::best))).append(" | ");
          text.append(points(mean(group, c -> c.mean(Players.REFERENCE, SmallPlay::score))));
          players.stream()
              .skip(1)
              .forEach(player -> text.append(" | ").append(familyCell(group, player)));
          text.append(" |\n");
        });
    return text.toString();
  }

  private static String familyCell(List<SmallContest> group, String player) {
    return "%s (%s, %s)"
        .formatted(
            difference(group, player),
            percent(median(group, player, SmallPlay::calls)),
            percent(median(group, player, SmallPlay::tokens)));
  }

  private String losses() {
    List<SmallContest> flat = contests.stream().filter(SmallContest::nothingBeatsBaseline).toList();
    StringBuilder text = new StringBuilder("\n## Where nothing beats the baseline\n\n");
    text.append("True score of the baseline less that of what is returned: ");
    text.append("the mean, and in brackets the 95% quantile over runs.\n\n");
    return byGroup(text, flat, SmallReport::lossCell);
  }

  /** Adds a row for each player, with a cell for each group of tasks. */
  private String byGroup(
      StringBuilder text,
      List<SmallContest> of,
      BiFunction<List<SmallContest>, String, String> cell) {
    header(text, of);
    for (String player : players) {
      text.append("| ").append(player);
      groups
          .values()
          .forEach(
              member ->
                  text.append(" | ")
                      .append(cell.apply(of.stream().filter(member).toList(), player)));
      text.append(" |\n");
    }
    return text.toString();
  }

  private void header(StringBuilder text, List<SmallContest> of) {
    text.append("| player |");
    groups.forEach(
        (name, member) ->
            text.append(" %s (%d) |".formatted(name, of.stream().filter(member).count())));
    text.append("\n|---|").append("---|".repeat(groups.size())).append('\n');
  }

  private static String lossCell(List<SmallContest> group, String player) {
    if (group.isEmpty()) {
      return "";
    }
    double[] losses =
        group.stream()
            .flatMapToDouble(
                c -> c.plays(player).stream().mapToDouble(p -> c.baseline() - p.score()))
            .toArray();
    return String.format(
        Locale.ROOT,
        "%.1f (%.1f)",
        100 * mean(group, c -> c.baseline() - c.mean(player, SmallPlay::score)),
        100 * Summary.quantile(losses, 0.95));
  }

  private String gains() {
    List<SmallContest> rich = contests.stream().filter(c -> c.trueGain() >= GAIN).toList();
    StringBuilder text = new StringBuilder("\n## Where the candidates hold 5 points or more\n\n");
    text.append(
        "The mean gain over the baseline, as a share of that of evaluating everything.\n\n");
    return byGroup(text, rich, SmallReport::gainCell);
  }

  private static String gainCell(List<SmallContest> group, String player) {
    if (group.size() < 2) {
      return "";
    }
    Estimate share = Summary.bootstrap(group, g -> gain(g, player) / gain(g, Players.ALL));
    return String.format(
        Locale.ROOT,
        "%.0f%% (%.0f to %.0f)",
        100 * share.value(),
        100 * share.low(),
        100 * share.high());
  }

  private static double gain(List<SmallContest> group, String player) {
    return mean(group, c -> c.mean(player, SmallPlay::score) - c.baseline());
  }

  private static String difference(List<SmallContest> group, String player) {
    Estimate estimate = Summary.bootstrap(group, g -> mean(g, c -> c.difference(player)));
    return "%s (%s to %s)"
        .formatted(signed(estimate.value()), signed(estimate.low()), signed(estimate.high()));
  }

  private static String share(
      List<SmallContest> group, String player, ToDoubleFunction<SmallPlay> figure) {
    Estimate estimate = Summary.bootstrap(group, g -> median(g, player, figure));
    return "%s (%s to %s)"
        .formatted(percent(estimate.value()), percent(estimate.low()), percent(estimate.high()));
  }

  private static double median(
      List<SmallContest> group, String player, ToDoubleFunction<SmallPlay> figure) {
    return Summary.quantile(
        group.stream().mapToDouble(c -> c.share(player, figure)).toArray(), 0.5);
  }

  private static double mean(List<SmallContest> group, ToDoubleFunction<SmallContest> figure) {
    return group.stream().mapToDouble(figure).average().orElse(Double.NaN);
  }

  private static String row(String... cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }

  private static String points(double score) {
    return String.format(Locale.ROOT, "%.1f", 100 * score);
  }

  private static String signed(double score) {
    return String.format(Locale.ROOT, "%+.1f", 100 * score);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f%%", 100 * share);
  }
}
