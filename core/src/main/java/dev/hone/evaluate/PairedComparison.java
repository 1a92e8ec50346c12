package dev.hone.evaluate;

import dev.hone.InvalidInputException;
import dev.hone.metric.CorpusMetric;
import dev.hone.stats.Bootstrap;
import dev.hone.stats.BootstrapDistribution;
import dev.hone.stats.Interval;
import dev.hone.stats.NormalDistribution;
import dev.hone.stats.ObservationTally;
import dev.hone.text.Plural;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Two programs compared on the same examples. Sharper than comparing their two intervals, since
 * what makes an example hard is the same for both.
 *
 * @param examples the number of examples that count
 * @param better on how many of them the second one scores higher
 * @param worse on how many of them it scores lower
 * @param meanDifference by how much the second one's score, the mean or the value of the set, is
 *     higher; negative if it is lower
 * @param interval the 95 % confidence interval of that difference
 * @param probabilityBetter the probability that the second one is better on examples of this kind,
 *     0 to 1; 0.5 if nothing speaks for either
 * @param score what the score is: {@code mean}, or the name of a {@link CorpusMetric}
 */
public record PairedComparison(
    int examples,
    int better,
    int worse,
    double meanDifference,
    Interval interval,
    double probabilityBetter,
    String score) {
  private static final double LEVEL = 0.95;

  /** A comparison of mean scores. */
  public PairedComparison(
      int examples,
      int better,
      int worse,
      double meanDifference,
      Interval interval,
      double probabilityBetter) {
    this(examples, better, worse, meanDifference, interval, probabilityBetter, "mean");
  }

  /**
   * Compares scores that belong together by position.
   *
   * @param baseline a score per example
   * @param other a score per example, in the same order
   * @throws InvalidInputException if there are none, or not as many of both
   */
  public static PairedComparison of(double[] baseline, double[] other) {
    if (baseline.length != other.length) {
      throw InvalidInputException.of(
          "The baseline has %d scores, the other %d".formatted(baseline.length, other.length),
          "evaluate both on the same examples");
    }
    double[] differences =
        IntStream.range(0, other.length).mapToDouble(i -> other[i] - baseline[i]).toArray();
    boolean withinUnit =
        Arrays.stream(baseline).allMatch(PairedComparison::inUnit)
            && Arrays.stream(other).allMatch(PairedComparison::inUnit);
    Interval interval =
        withinUnit ? ofUnitScores(differences) : Interval.ofMean(differences, LEVEL);
    double mean = Arrays.stream(differences).average().orElseThrow();
    return new PairedComparison(
        differences.length,
        (int) Arrays.stream(differences).filter(d -> d > 0).count(),
        (int) Arrays.stream(differences).filter(d -> d < 0).count(),
        mean,
        interval,
        probability(mean, interval));
  }

  /**
   * Compares two evaluations. Examples that do not count in one of them are left out. Under a
   * {@link CorpusMetric}, better and worse are counted by its acceptance, and the difference of the
   * two sets' values has a bootstrap interval over pairs of outcomes.
   *
   * @throws InvalidInputException if they are not of the same examples or not by the same metric of
   *     sets, or no example counts in both
   */
  public static <I, O> PairedComparison of(Evaluation<I, O> baseline, Evaluation<I, O> other) {
    requireSameExamples(baseline, other);
    if (!baseline.scoreName().equals(other.scoreName())) {
      throw InvalidInputException.of(
          "One evaluation's score is \"%s\", the other's \"%s\""
              .formatted(baseline.scoreName(), other.scoreName()),
          "evaluate both programs with one Evaluator");
    }
    int size = baseline.results().size();
    OptionalDouble[] first = baseline.scores().toArray(OptionalDouble[]::new);
    OptionalDouble[] second = other.scores().toArray(OptionalDouble[]::new);
    int[] counting =
        IntStream.range(0, size)
            .filter(i -> first[i].isPresent() && second[i].isPresent())
            .toArray();
    PairedComparison ofScores = of(pick(first, counting), pick(second, counting));
    return other
        .corpusMetric()
        .map(metric -> ofScores.ofSets(metric, baseline.observations(), other.observations()))
        .orElse(ofScores);
  }

  /** The same with the difference of the values of two sets. */
  private PairedComparison ofSets(
      CorpusMetric<?, ?> metric, List<Optional<Object>> first, List<Optional<Object>> second) {
    ObservationTally pairs =
        ObservationTally.of(
            IntStream.range(0, first.size())
                .filter(i -> first.get(i).isPresent() && second.get(i).isPresent())
                .mapToObj(i -> List.of(first.get(i).orElseThrow(), second.get(i).orElseThrow()))
                .toList());
    BootstrapDistribution difference =
        Bootstrap.distribution(pairs, tally -> difference(metric, tally));
    double value = difference.value();
    return new PairedComparison(
        examples,
        better,
        worse,
        value,
        difference.interval(LEVEL).orElseGet(() -> new Interval(value, value, LEVEL)),
        difference.probabilityAbove(0),
        metric.name());
  }

  private static double difference(CorpusMetric<?, ?> metric, ObservationTally pairs) {
    return metric.value(pairs.map(pair -> ((List<?>) pair).get(1)))
        - metric.value(pairs.map(pair -> ((List<?>) pair).get(0)));
  }

  /** What it shows of the second one. */
  public Finding finding() {
    return Finding.of(interval, examples);
  }

  /** On how many examples both score the same. */
  public int equal() {
    return examples - better - worse;
  }

  /** One line, such as {@code better on 12, worse on 3, equal on 45 of 60 examples; …}. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "better on %d, worse on %d, equal on %d of %s; difference%s %+.3f [%+.3f, %+.3f],"
            + " probability of being better %.3f",
        better,
        worse,
        equal(),
        Plural.of(examples, "example"),
        score.equals("mean") ? "" : " of " + score,
        meanDifference,
        interval.lower(),
        interval.upper(),
        probabilityBetter);
  }

  private static double[] pick(OptionalDouble[] scores, int[] indices) {
    return Arrays.stream(indices).mapToDouble(i -> scores[i].orElseThrow()).toArray();
  }

  private static void requireSameExamples(Evaluation<?, ?> baseline, Evaluation<?, ?> other) {
    boolean same =
        baseline.results().size() == other.results().size()
            && IntStream.range(0, baseline.results().size())
                .allMatch(
                    i ->
                        baseline
                            .results()
                            .get(i)
                            .example()
                            .id()
                            .equals(other.results().get(i).example().id()));
    if (!same) {
      throw InvalidInputException.of(
          "The two evaluations are not of the same examples in the same order",
          "evaluate both programs with one Evaluator");
    }
  }

  private static boolean inUnit(double score) {
    return score >= 0 && score <= 1;
  }

  /** Differences of scores between 0 and 1 lie between -1 and 1: moved there and back. */
  private static Interval ofUnitScores(double[] differences) {
    double[] moved = Arrays.stream(differences).map(d -> (d + 1) / 2).toArray();
    Interval interval = Interval.ofMean(moved, LEVEL);
    return new Interval(2 * interval.lower() - 1, 2 * interval.upper() - 1, LEVEL);
  }

  /** Above 0.975 just where the interval leaves out 0 and all that is less. */
  private static double probability(double mean, Interval interval) {
    double reach = mean > 0 ? mean - interval.lower() : interval.upper() - mean;
    return NormalDistribution.probability(
        mean / reach * NormalDistribution.quantile((1 + LEVEL) / 2));
  }

  /**
   * What a comparison of two programs shows of the second one. The one rule, by which commands and
   * reports speak.
   */
  public enum Finding {
    /** It is better: the 95 % confidence interval of the difference lies above 0. */
    BETTER,
    /** It is worse: the interval lies below 0. */
    WORSE,
    /** Neither is shown. */
    NOT_SHOWN;

    /** With fewer, how much differences vary is not known well enough to speak of any of them. */
    public static final int FEWEST = 10;

    /**
     * The finding.
     *
     * @param interval of the difference, second less first
     * @param examples the number of examples that count
     */
    public static Finding of(Interval interval, int examples) {
      return of(interval.lower(), interval.upper(), examples);
    }

    /** As the other one, by the two ends of the interval. */
    public static Finding of(double lower, double upper, int examples) {
      if (examples < FEWEST) {
        return NOT_SHOWN;
      }
      return lower > 0 ? BETTER : upper < 0 ? WORSE : NOT_SHOWN;
    }
  }
}
