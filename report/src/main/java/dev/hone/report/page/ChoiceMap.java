package dev.hone.report.page;

import dev.hone.report.data.CandidateEntries.ConfigurationEntry;
import dev.hone.report.data.ResultEntry;
import dev.hone.report.data.RunData;
import dev.hone.report.data.TrialEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What each pair of instructions and demo set of one predictor scored: the mean over all examples
 * of the configurations that have the pair, whatever other predictors had.
 *
 * @param predictor the predictor
 * @param instructions the numbers of the instructions
 * @param demoSets the numbers of the demo sets
 * @param cells the cells by instruction, then by demo set
 */
public record ChoiceMap(
    String predictor,
    List<Integer> instructions,
    List<Integer> demoSets,
    List<List<Optional<Cell>>> cells) {
  private static final String INSTRUCTIONS = ".instructions";
  private static final String DEMOS = ".demos";
  private static final int MOST = 60;

  /**
   * A pair that was tried.
   *
   * @param score its mean score
   * @param examples the number of examples behind it
   * @param step how high it is among all, from 0 to 9
   * @param chosen whether it is what was returned
   */
  public record Cell(double score, int examples, int step, boolean chosen) {}

  private record Tried(Map<String, Integer> choices, double score, int examples) {}

  /** The maps of all predictors that have both choices. */
  public static List<ChoiceMap> of(RunData run) {
    List<Tried> tried = tried(run);
    Set<String> predictors = new LinkedHashSet<>();
    tried.stream()
        .flatMap(one -> one.choices().keySet().stream())
        .filter(name -> name.endsWith(INSTRUCTIONS))
        .map(name -> name.substring(0, name.length() - INSTRUCTIONS.length()))
        .forEach(predictors::add);
    ResultEntry result = run.result();
    Map<String, Integer> chosen = result == null ? Map.of() : result.chosen();
    return predictors.stream()
        .map(predictor -> of(predictor, tried, chosen))
        .filter(map -> map.demoSets().size() * map.instructions().size() > 1)
        .toList();
  }

  /** What was tried: by the search's own table, or while there is none by the trials. */
  private static List<Tried> tried(RunData run) {
    List<ConfigurationEntry> known = run.candidates().configurations();
    if (!known.isEmpty()) {
      return known.stream()
          .map(one -> new Tried(one.choices(), one.score(), one.examples()))
          .toList();
    }
    return run.trials().stream()
        .filter(trial -> trial.score() != null)
        .map(ChoiceMap::tried)
        .toList();
  }

  private static Tried tried(TrialEntry trial) {
    var score = Objects.requireNonNull(trial.score());
    return new Tried(trial.choices(), score.mean(), Math.max(1, score.examples()));
  }

  private static ChoiceMap of(String predictor, List<Tried> tried, Map<String, Integer> chosen) {
    Map<List<Integer>, double[]> sums = new LinkedHashMap<>();
    for (Tried one : tried) {
      double[] sum =
          sums.computeIfAbsent(pair(predictor, one.choices()), pair -> new double[] {0, 0});
      sum[0] += one.score() * one.examples();
      sum[1] += one.examples();
    }
    double[] means = sums.values().stream().mapToDouble(sum -> sum[0] / sum[1]).toArray();
    double low = java.util.Arrays.stream(means).min().orElse(0);
    double high = java.util.Arrays.stream(means).max().orElse(0);
    List<Integer> rows = numbers(sums.keySet(), 0);
    List<Integer> columns = numbers(sums.keySet(), 1);
    List<Integer> best = pair(predictor, chosen);
    List<List<Optional<Cell>>> cells = new ArrayList<>();
    for (int row : rows) {
      cells.add(
          columns.stream()
              .map(
                  column -> {
                    List<Integer> pair = List.of(row, column);
                    return Optional.ofNullable(sums.get(pair))
                        .map(
                            sum ->
                                new Cell(
                                    sum[0] / sum[1],
                                    (int) sum[1],
                                    Scale.step(sum[0] / sum[1], low, high),
                                    !chosen.isEmpty() && pair.equals(best)));
                  })
              .toList());
    }
    return new ChoiceMap(predictor, rows, columns, cells);
  }

  private static List<Integer> pair(String predictor, Map<String, Integer> choices) {
    return List.of(
        choices.getOrDefault(predictor + INSTRUCTIONS, 0),
        choices.getOrDefault(predictor + DEMOS, 0));
  }

  private static List<Integer> numbers(Set<List<Integer>> pairs, int side) {
    return pairs.stream().map(pair -> pair.get(side)).distinct().sorted().limit(MOST).toList();
  }

  /** The positions of the instructions. */
  public IntStream rows() {
    return IntStream.range(0, instructions.size());
  }
}
