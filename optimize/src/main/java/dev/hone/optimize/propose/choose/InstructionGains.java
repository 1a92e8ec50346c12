package dev.hone.optimize.propose.choose;

import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.ScoreTable;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;

/**
 * What each candidate of each dimension adds to a score, apart from the examples it was tried on
 * and the candidates it was tried with: scores are fitted by the sum of an effect of the example
 * and one of each choice. Immutable.
 *
 * <p>Structure: backfitting, {@value #SWEEPS} sweeps over the examples and each dimension in turn;
 * an effect of a choice is shrunk as if one score more had none. Complexity: sweeps times scores
 * times dimensions. A search gives good candidates more examples than bad ones, which this takes
 * into account only as far as examples differ, not where luck decided.
 */
final class InstructionGains {
  private static final int SWEEPS = 30;

  private final List<Score> scores;
  private final double[][] effects;
  private final int[][] counts;
  private final double deviation;

  /** A score, with the choices and the example it is of. */
  private record Score(Configuration configuration, int example, double value) {}

  private InstructionGains(List<Score> scores, double[][] effects, int[][] counts) {
    this.scores = scores;
    this.effects = effects;
    this.counts = counts;
    this.deviation = deviation(scores);
  }

  /** The gains by the scores of a run. */
  static InstructionGains of(ScoreTable table) {
    List<Score> scores = new ArrayList<>();
    int[] choices = new int[0];
    for (Configuration configuration : table.configurations()) {
      choices = choices.length == 0 ? new int[configuration.choices().size()] : choices;
      for (int i = 0; i < choices.length; i++) {
        choices[i] = Math.max(choices[i], configuration.choice(i) + 1);
      }
      for (int example : table.examples()) {
        table
            .score(configuration, example)
            .ifPresent(value -> scores.add(new Score(configuration, example, value)));
      }
    }
    double[][] effects = new double[choices.length][];
    int[][] counts = new int[choices.length][];
    for (int i = 0; i < choices.length; i++) {
      effects[i] = new double[choices[i]];
      counts[i] = new int[choices[i]];
    }
    InstructionGains gains = new InstructionGains(scores, effects, counts);
    gains.fit(table.examples().stream().mapToInt(i -> i + 1).max().orElse(0));
    return gains;
  }

  private static double deviation(List<Score> scores) {
    DoubleSummaryStatistics all = new DoubleSummaryStatistics();
    scores.forEach(score -> all.accept(score.value()));
    double squares = 0;
    for (Score score : scores) {
      squares += Math.pow(score.value() - all.getAverage(), 2);
    }
    return Math.sqrt(squares / Math.max(1, scores.size()));
  }

  private void fit(int examples) {
    for (Score score : scores) {
      for (int i = 0; i < counts.length; i++) {
        counts[i][score.configuration().choice(i)]++;
      }
    }
    double[] ofExample = new double[examples];
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      double[] sums = new double[examples];
      int[] seen = new int[examples];
      for (Score score : scores) {
        sums[score.example()] += score.value() - ofChoices(score, -1);
        seen[score.example()]++;
      }
      for (int i = 0; i < examples; i++) {
        ofExample[i] = seen[i] == 0 ? 0 : sums[i] / seen[i];
      }
      for (int i = 0; i < effects.length; i++) {
        fit(i, ofExample);
      }
    }
  }

  private void fit(int dimension, double[] ofExample) {
    double[] sums = new double[effects[dimension].length];
    for (Score score : scores) {
      sums[score.configuration().choice(dimension)] +=
          score.value() - ofExample[score.example()] - ofChoices(score, dimension);
    }
    for (int i = 0; i < sums.length; i++) {
      effects[dimension][i] = sums[i] / (counts[dimension][i] + 1);
    }
  }

  private double ofChoices(Score score, int without) {
    double sum = 0;
    for (int i = 0; i < effects.length; i++) {
      sum += i == without ? 0 : effects[i][score.configuration().choice(i)];
    }
    return sum;
  }

  /** The number of scores of a candidate; 0 where all scores of the run are alike. */
  int scores(int dimension, int candidate) {
    return deviation < 1e-9 || candidate >= counts[dimension].length
        ? 0
        : counts[dimension][candidate];
  }

  /** How much better a candidate is than the first of its dimension, in standard deviations. */
  double gain(int dimension, int candidate) {
    return (effects[dimension][candidate] - effects[dimension][0]) / deviation;
  }
}
