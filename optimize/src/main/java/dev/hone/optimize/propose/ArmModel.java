package dev.hone.optimize.propose;

import dev.hone.optimize.candidate.ProposalArm;
import dev.hone.optimize.candidate.ProposalGain;
import dev.hone.optimize.candidate.ProposalMemory.Run;
import dev.hone.optimize.candidate.Tips;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * What is believed of arms: a gain is the sum of an effect of its run, of its prompt model, its
 * template, its tip and its temperature, and of noise. All are normal, so the belief is a normal
 * distribution that is exact; an arm that was never tried has what its parts have.
 *
 * <p>Draws are by Thompson sampling: effects are drawn from the belief, and of each part the best
 * is taken, so that an arm is drawn as often as it is believed to be the best. Complexity: cubic in
 * the number of runs and parts together, once.
 *
 * <p>Standard deviations, in those of a run's scores: {@value #OF_RUN} between runs, {@value
 * #OF_PART} between the parts of a kind, {@value #OF_PROPOSAL} between proposals of one arm, 1
 * between single scores. Source: Agrawal and Goyal, Thompson Sampling for Contextual Bandits with
 * Linear Payoffs (ICML 2013).
 */
final class ArmModel {
  private static final double OF_RUN = 0.5;
  private static final double OF_PART = 0.25;
  private static final double OF_PROPOSAL = 0.25;

  private final Map<String, Integer> columns = new LinkedHashMap<>();
  private double[][] precision = new double[0][];
  private double[] weighted = new double[0];
  private double[] mean = new double[0];

  private ArmModel() {}

  /** The belief after earlier runs and what this one shows by now. */
  static ArmModel of(List<Run> before, List<ProposalGain> now) {
    ArmModel model = new ArmModel();
    for (int i = 0; i < before.size(); i++) {
      model.number(before.get(i).gains(), "run " + i);
    }
    model.number(now, "this run");
    model.begin();
    for (int i = 0; i < before.size(); i++) {
      model.take(before.get(i).gains(), "run " + i);
    }
    model.take(now, "this run");
    model.solve();
    return model;
  }

  private static List<String> parts(ProposalArm arm) {
    return List.of(
        model(arm.promptModel()),
        template(arm.template()),
        tip(arm.tip()),
        temperature(arm.temperature()));
  }

  private static String model(String id) {
    return "model " + id;
  }

  private static String template(String name) {
    return "template " + name;
  }

  private static String tip(String tip) {
    return "tip " + Tips.nameOf(tip);
  }

  private static String temperature(double value) {
    return "temperature " + Math.round(value * 1e6);
  }

  private void number(List<ProposalGain> gains, String run) {
    for (ProposalGain gain : gains) {
      columns.putIfAbsent(run, columns.size());
      parts(gain.arm()).forEach(part -> columns.putIfAbsent(part, columns.size()));
    }
  }

  private void begin() {
    precision = new double[columns.size()][columns.size()];
    weighted = new double[columns.size()];
    columns.forEach(
        (name, column) -> {
          boolean run = name.startsWith("run ") || name.equals("this run");
          precision[column][column] = Math.pow(run ? OF_RUN : OF_PART, -2);
        });
  }

  private void take(List<ProposalGain> gains, String run) {
    for (ProposalGain gain : gains) {
      double weight = 1 / (OF_PROPOSAL * OF_PROPOSAL + 1.0 / Math.max(1, gain.scores()));
      int[] used = new int[5];
      used[0] = columns.getOrDefault(run, 0);
      List<String> parts = parts(gain.arm());
      for (int i = 0; i < parts.size(); i++) {
        used[i + 1] = columns.getOrDefault(parts.get(i), 0);
      }
      for (int i : used) {
        weighted[i] += weight * gain.gain();
        for (int j : used) {
          precision[i][j] += weight;
        }
      }
    }
  }

  /** Replaces the precision by its Cholesky factor (lower), and finds the mean. */
  private void solve() {
    int size = weighted.length;
    for (int i = 0; i < size; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = precision[i][j];
        for (int k = 0; k < j; k++) {
          sum -= precision[i][k] * precision[j][k];
        }
        precision[i][j] = i == j ? Math.sqrt(sum) : sum / precision[j][j];
      }
    }
    double[] forward = new double[size];
    for (int i = 0; i < size; i++) {
      double sum = weighted[i];
      for (int k = 0; k < i; k++) {
        sum -= precision[i][k] * forward[k];
      }
      forward[i] = sum / precision[i][i];
    }
    mean = backward(forward);
  }

  /** Solves with the transposed factor. */
  private double[] backward(double[] right) {
    double[] solution = new double[right.length];
    for (int i = right.length - 1; i >= 0; i--) {
      double sum = right[i];
      for (int k = i + 1; k < right.length; k++) {
        sum -= precision[k][i] * solution[k];
      }
      solution[i] = sum / precision[i][i];
    }
    return solution;
  }

  /** The expected effect of a part, against the average of its kind; 0 for one never seen. */
  double effect(String part) {
    Integer column = columns.get(part);
    return column == null ? 0 : mean[column];
  }

  /** Draws an arm. */
  ProposalArm draw(ProposalLearning.Arms arms, RandomGenerator random) {
    double[] noise = new double[mean.length];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = random.nextGaussian();
    }
    double[] drawn = backward(noise);
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] += mean[i];
    }
    return new ProposalArm(
        best(arms.promptModels(), ArmModel::model, drawn, random),
        best(arms.templates(), ArmModel::template, drawn, random),
        best(arms.tips(), ArmModel::tip, drawn, random),
        best(arms.temperatures(), ArmModel::temperature, drawn, random));
  }

  private <T> T best(
      List<T> values, Function<T, String> part, double[] drawn, RandomGenerator random) {
    T best = values.get(0);
    double highest = Double.NEGATIVE_INFINITY;
    for (T value : values) {
      Integer column = columns.get(part.apply(value));
      double effect = column == null ? OF_PART * random.nextGaussian() : drawn[column];
      if (effect > highest) {
        best = value;
        highest = effect;
      }
    }
    return best;
  }
}
