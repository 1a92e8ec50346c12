package dev.hone.benchmarks.small;

import dev.hone.benchmarks.quality.CallMeter;
import dev.hone.benchmarks.quality.Landscape;
import dev.hone.benchmarks.quality.ReferenceSchedule;
import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.Dimension;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * The plays of all players on one task.
 *
 * @param family the kind of task
 * @param examples validation examples
 * @param baseline the true score of the program as given
 * @param best the highest true score
 * @param spread the standard deviation of true scores over configurations
 * @param plays each player's plays, by name
 */
record SmallContest(
    String family,
    int examples,
    double baseline,
    double best,
    double spread,
    Map<String, List<SmallPlay>> plays) {

  static SmallContest on(Landscape task, Map<String, Player> players) {
    Map<String, List<SmallPlay>> plays = new LinkedHashMap<>();
    Allowance allowance = new Allowance(schedule(task), 0, 0);
    for (Map.Entry<String, Player> each : players.entrySet()) {
      List<SmallPlay> all = plays(task, each.getValue(), allowance);
      plays.put(each.getKey(), all);
      if (each.getKey().equals(Players.REFERENCE)) {
        allowance = new Allowance(allowance.schedule(), mean(all, SmallPlay::calls), 0);
      } else if (each.getKey().equals(Players.RACING)) {
        double tokens = mean(all, SmallPlay::tokens);
        allowance = new Allowance(allowance.schedule(), allowance.referenceCalls(), tokens);
      }
    }
    return new SmallContest(
        task.familyName(),
        task.exampleCount(),
        task.trueScore(task.baseline()),
        task.best(),
        spread(task),
        plays);
  }

  /** The reference's schedule; the candidates of a preset are its demo sets. */
  static ReferenceSchedule schedule(Landscape task) {
    int candidates =
        task.space().dimensions().stream().mapToInt(Dimension::choices).max().orElseThrow();
    return ReferenceSchedule.of(task.space().dimensions().size(), candidates, task.exampleCount());
  }

  private static List<SmallPlay> plays(Landscape task, Player player, Allowance allowance) {
    List<SmallPlay> plays = new ArrayList<>();
    for (long seed = 1; seed <= player.repeats(); seed++) {
      CallMeter meter = new CallMeter(task);
      Configuration returned = player.play(meter, allowance, seed);
      plays.add(
          new SmallPlay(
              task.trueScore(returned), meter.calls(), meter.tokens(), task.tokens(returned)));
    }
    return plays;
  }

  private static double spread(Landscape task) {
    long size = task.space().size();
    double sum = 0;
    double squares = 0;
    for (long i = 0; i < size; i++) {
      double score = task.trueScore(task.space().at(i));
      sum += score;
      squares += score * score;
    }
    return Math.sqrt(Math.max(0, squares / size - sum / size * (sum / size)));
  }

  /** The mean of a figure over the plays of a player. */
  double mean(String player, ToDoubleFunction<SmallPlay> figure) {
    return mean(plays(player), figure);
  }

  /** The plays of a player. */
  List<SmallPlay> plays(String player) {
    return Objects.requireNonNull(plays.get(player), player);
  }

  private static double mean(List<SmallPlay> plays, ToDoubleFunction<SmallPlay> figure) {
    return plays.stream().mapToDouble(figure).average().orElse(0);
  }

  /** A figure of a player as a share of the reference's. */
  double share(String player, ToDoubleFunction<SmallPlay> figure) {
    return mean(player, figure) / mean(Players.REFERENCE, figure);
  }

  /** The true score of a player less the reference's. */
  double difference(String player) {
    return mean(player, SmallPlay::score) - mean(Players.REFERENCE, SmallPlay::score);
  }

  /** Whether no configuration is truly better than the program as given. */
  boolean nothingBeatsBaseline() {
    return best <= baseline;
  }

  /** What the candidates hold: the highest true score less that of the program as given. */
  double trueGain() {
    return best - baseline;
  }
}
