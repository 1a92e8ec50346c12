package dev.hone.optimize.choice;

import dev.hone.optimize.FinishReason;
import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.ConfigurationSummary;
import dev.hone.optimize.search.Dimension;
import dev.hone.optimize.search.EvaluationRequest;
import dev.hone.optimize.search.EvaluationScores;
import dev.hone.optimize.search.ScoreTable;
import dev.hone.optimize.search.SearchProblem;
import dev.hone.optimize.search.SearchRun;
import dev.hone.optimize.search.SearchSpace;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A search that ended with given scores, a row per configuration, the first the baseline's; number
 * n costs 100 (n + 1) tokens, which the model reports where a tolerance needs them.
 */
record EndedSearch(double[][] rows, int chosen, OptionalDouble confidence, ChoiceRules rules) {
  private static final ChoiceRules NONE =
      new ChoiceRules(OptionalDouble.empty(), OptionalDouble.empty());

  /** Rows of digits, each a score; a dot, or nothing, where there is none. */
  static EndedSearch of(String... rows) {
    int size = Arrays.stream(rows).mapToInt(row -> row.replace(" ", "").length()).max().orElse(0);
    double[][] scores = new double[rows.length][size];
    for (int row = 0; row < rows.length; row++) {
      String digits = rows[row].replace(" ", "");
      for (int i = 0; i < size; i++) {
        boolean none = i >= digits.length() || digits.charAt(i) == '.';
        scores[row][i] = none ? Double.NaN : digits.charAt(i) - '0';
      }
    }
    return new EndedSearch(scores, 0, OptionalDouble.empty(), NONE);
  }

  /** Few configurations and few examples, so that ties and gaps are frequent. */
  static EndedSearch random(SplittableRandom random) {
    int size = 1 + random.nextInt(9);
    double gaps = random.nextInt(3) * 0.3;
    int grades = 1 + random.nextInt(3);
    double[][] rows = new double[1 + random.nextInt(6)][size];
    for (double[] row : rows) {
      for (int i = 0; i < size; i++) {
        boolean none = random.nextDouble() < gaps;
        row[i] = none ? Double.NaN : random.nextInt(grades + 1) / (double) grades;
      }
    }
    if (Arrays.stream(rows[0]).allMatch(Double::isNaN)) {
      rows[0][0] = 1;
    }
    EndedSearch ended = new EndedSearch(rows, 0, OptionalDouble.empty(), NONE);
    int[] scored =
        IntStream.range(0, rows.length).filter(row -> !ended.examples(row).isEmpty()).toArray();
    EndedSearch chosen = ended.choosing(scored[random.nextInt(scored.length)]);
    EndedSearch sure = random.nextInt(3) == 0 ? chosen.sure(random.nextDouble()) : chosen;
    EndedSearch kept =
        random.nextInt(3) == 0 ? sure.keepUnless(0.5 + 0.499 * random.nextDouble()) : sure;
    return random.nextInt(3) == 0 ? kept.cheapestWithin(random.nextInt(4) * 0.1) : kept;
  }

  EndedSearch choosing(int row) {
    return new EndedSearch(rows, row, confidence, rules);
  }

  EndedSearch sure(double probability) {
    return new EndedSearch(rows, chosen, OptionalDouble.of(probability), rules);
  }

  EndedSearch keepUnless(double probability) {
    return new EndedSearch(
        rows,
        chosen,
        confidence,
        new ChoiceRules(rules.cheapestWithin(), OptionalDouble.of(probability)));
  }

  EndedSearch cheapestWithin(double tolerance) {
    return new EndedSearch(
        rows,
        chosen,
        confidence,
        new ChoiceRules(OptionalDouble.of(tolerance), rules.keepBaselineUnless()));
  }

  static Configuration configuration(int row) {
    return new Configuration(List.of(row));
  }

  int size() {
    return rows.length;
  }

  double score(int row, int example) {
    return rows[row][example];
  }

  List<Integer> examples(int row) {
    return IntStream.range(0, rows[row].length)
        .filter(i -> !Double.isNaN(rows[row][i]))
        .boxed()
        .toList();
  }

  List<Integer> common(int one, int other) {
    return examples(one).stream().filter(examples(other)::contains).toList();
  }

  double mean(int row, List<Integer> examples) {
    return examples.stream().mapToDouble(i -> rows[row][i]).sum() / examples.size();
  }

  private int others(double least, double most) {
    return (int)
        IntStream.range(1, rows.length)
            .filter(row -> !common(row, 0).isEmpty())
            .mapToDouble(row -> mean(row, common(row, 0)) - mean(0, common(row, 0)))
            .filter(gap -> gap >= least && gap <= most)
            .count();
  }

  int comparable() {
    return others(-2, 2);
  }

  int higherThanBaseline() {
    return others(1e-9, 2);
  }

  int levelWithBaseline() {
    return others(-1e-9, 1e-9);
  }

  private ScoreTable table() {
    SearchSpace space =
        new SearchSpace(
            List.of(new Dimension("p", Dimension.Part.INSTRUCTIONS, Math.max(1, rows.length))));
    ScoreTable table =
        new ScoreTable(SearchProblem.of(space, configuration(0), Math.max(1, rows[0].length)));
    for (int row = 0; row < rows.length; row++) {
      List<Integer> examples = examples(row);
      if (!examples.isEmpty()) {
        EvaluationRequest request =
            new EvaluationRequest(
                row,
                EvaluationRequest.Kind.MINIBATCH,
                configuration(row),
                examples,
                EvaluationRequest.Choice.GUIDED);
        double[] scores = rows[row];
        table.put(
            new EvaluationScores(
                request, examples.stream().map(i -> OptionalDouble.of(scores[i])).toList()));
      }
    }
    return table;
  }

  Candidates candidates() {
    ScoreTable table = table();
    return new Candidates(
        new Ended(table, configuration(chosen), confidence),
        configuration(0),
        each -> "i" + each.choice(0),
        new CommonExamples(table, Optional.empty()),
        each ->
            rules.cheapestWithin().isPresent()
                ? OptionalDouble.of(tokens(each))
                : OptionalDouble.empty(),
        EndedSearch::tokens,
        rules);
  }

  private static double tokens(Configuration configuration) {
    return 100.0 * (configuration.choice(0) + 1);
  }

  private record Ended(ScoreTable scores, Configuration chosen, OptionalDouble confidence)
      implements SearchRun {
    @Override
    public List<EvaluationRequest> ask() {
      return List.of();
    }

    @Override
    public void tell(List<EvaluationScores> more) {
      throw new IllegalStateException("it ended");
    }

    @Override
    public Optional<ConfigurationSummary> best() {
      return scores.summary(chosen);
    }

    @Override
    public FinishReason finishReason() {
      return FinishReason.COMPLETED;
    }
  }
}
