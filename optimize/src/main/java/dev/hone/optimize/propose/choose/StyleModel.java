package dev.hone.optimize.propose.choose;

import dev.hone.optimize.candidate.ProposalGain;
import dev.hone.optimize.candidate.ProposalMemory.Run;
import dev.hone.optimize.candidate.ProposalStyle;
import dev.hone.optimize.candidate.Tips;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * What is believed of styles: a gain is the sum of an effect of its run, of its prompt model, its
 * template, its tip and its temperature, and of noise. All are normal, so the belief is a normal
 * distribution that is exact; a style that was never tried has what its parts have.
 *
 * <p>Draws are by Thompson sampling: effects are drawn from the belief, and of each part the best
 * is taken, so that a style is drawn as often as it is believed to be the best. Complexity: cubic
 * in the number of runs and parts together, once.
 *
 * <p>Standard deviations, in those of a run's scores: {@value #OF_RUN} between runs, {@value
 * #OF_PART} between the parts of a kind, {@value #OF_PROPOSAL} between proposals of one style, 1
 * between single scores. Source: Agrawal and Goyal, Thompson Sampling for Contextual Bandits with
 * Linear Payoffs (ICML 2013).
 */
final class StyleModel {
  private static final double OF_RUN = 0.5;
  private static final double OF_PART = 0.25;
  private static final double OF_PROPOSAL = 0.25;

  private final Map<String, Integer> columns = new LinkedHashMap<>();
  private double[][] precision = new double[0][];
  private double[] weighted = new double[0];
  private double[] mean = new double[0];

  private StyleModel() {}

  /** The belief after earlier runs and what this one shows by now. */
  static StyleModel of(List<Run> before, List<ProposalGain> now) {
    StyleModel model = new StyleModel();
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

  private static List<String> parts(ProposalStyle style) {
    return List.of(
        model(style.promptModel()),
        template(style.template()),
        tip(style.tip()),
        temperature(style.temperature()));
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
      parts(gain.style()).forEach(part -> columns.putIfAbsent(part, columns.size()));
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
      List<String> parts = parts(gain.style());
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

  /**
   * Draws a style: the best by effects that are drawn from the belief.
   *
   * @param used prompt models, wordings and tips that are not to be drawn together; takes those of
   *     the new style
   */
  ProposalStyle draw(
      ProposalLearning.Styles styles, Set<List<String>> used, RandomGenerator random) {
    Map<String, Double> drawn = drawn(styles, random);
    ProposalStyle best = null;
    double highest = Double.NEGATIVE_INFINITY;
    for (String model : styles.promptModels()) {
      for (String template : styles.templates()) {
        for (String tip : styles.tips()) {
          double sum =
              drawn.getOrDefault(model(model), 0.0)
                  + drawn.getOrDefault(template(template), 0.0)
                  + drawn.getOrDefault(tip(tip), 0.0);
          if (sum > highest && !used.contains(List.of(model, template, tip))) {
            highest = sum;
            best = new ProposalStyle(model, template, tip, temperature(styles, drawn));
          }
        }
      }
    }
    ProposalStyle style = Objects.requireNonNull(best, "all styles are used");
    used.add(List.of(style.promptModel(), style.template(), style.tip()));
    return style;
  }

  private static double temperature(ProposalLearning.Styles styles, Map<String, Double> drawn) {
    return Collections.max(
        styles.temperatures(),
        Comparator.comparingDouble(value -> drawn.getOrDefault(temperature(value), 0.0)));
  }

  /** A draw of the effect of every part, those never seen included. */
  private Map<String, Double> drawn(ProposalLearning.Styles styles, RandomGenerator random) {
    double[] noise = new double[mean.length];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = random.nextGaussian();
    }
    double[] deviations = backward(noise);
    Map<String, Double> drawn = new HashMap<>();
    columns.forEach((part, column) -> drawn.put(part, mean[column] + deviations[column]));
    Stream.of(
            styles.promptModels().stream().map(StyleModel::model),
            styles.templates().stream().map(StyleModel::template),
            styles.tips().stream().map(StyleModel::tip),
            styles.temperatures().stream().map(StyleModel::temperature))
        .flatMap(parts -> parts)
        .forEach(part -> drawn.computeIfAbsent(part, unseen -> OF_PART * random.nextGaussian()));
    return drawn;
  }
}
