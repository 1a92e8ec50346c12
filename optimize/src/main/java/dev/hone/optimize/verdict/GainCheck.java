package dev.hone.optimize.verdict;

import dev.hone.SettingCheck;
import dev.hone.evaluate.PairedComparison.Finding;
import dev.hone.optimize.Verdict;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Comes to the {@link Verdict} of a run by the scores of all that it tried; for optimizers of your
 * own, too. Immutable; settings give copies.
 *
 * <pre>{@code
 * Optional<Verdict> verdict = GainCheck.of(baseline, candidates).returned(3).verdict();
 * }</pre>
 *
 * <ol>
 *   <li>{@code Improved}: a candidate is returned, and its {@link GainEstimate} lies above 0.
 *   <li>{@code Saturated}: the baseline is less than the gain in question below the top: 1 for
 *       scores between 0 and 1, else the highest score that was seen.
 *   <li>{@code NoSignificantGain}: the gain in question lies above the interval, or the examples
 *       would have shown it ({@link GainPower}).
 *   <li>{@code TooFewExamples}: else.
 * </ol>
 */
public final class GainCheck {
  /** The gain that matters, where none is set: five points. */
  public static final double USUAL_GAIN = 0.05;

  /** The same in standard deviations, for scores beyond 0 and 1. */
  private static final double USUAL_EFFECT = 0.1;

  private static final double ROUNDING = 1e-9;

  /** With fewer, how much differences vary is not known well enough to call any of them a gain. */
  private static final int FEWEST = Finding.FEWEST;

  private final double[] baseline;
  private final List<double[]> candidates;
  private final int returned;
  private final int about;
  private final @Nullable Double gain;
  private final @Nullable Double probability;

  private GainCheck(
      double[] baseline,
      List<double[]> candidates,
      int returned,
      int about,
      @Nullable Double gain,
      @Nullable Double probability) {
    this.baseline = baseline;
    this.candidates = candidates;
    this.returned = returned;
    this.about = about;
    this.gain = gain;
    this.probability = probability;
  }

  /**
   * A check of a run that returns the baseline.
   *
   * @param baseline the score of each example, NaN where there is none
   * @param candidates those of every candidate that was scored at all, without the baseline
   */
  public static GainCheck of(double[] baseline, List<double[]> candidates) {
    return new GainCheck(
        baseline.clone(), candidates.stream().map(double[]::clone).toList(), -1, -1, null, null);
  }

  /** A copy of a run that returns this candidate, by index. */
  public GainCheck returned(int candidate) {
    return new GainCheck(baseline, candidates, candidate, candidate, gain, probability);
  }

  /**
   * A copy whose numbers are of this candidate, by index, where the baseline is returned. Default:
   * the one most probably better.
   */
  public GainCheck about(int candidate) {
    return new GainCheck(baseline, candidates, returned, candidate, gain, probability);
  }

  /**
   * A copy with another gain that matters, in units of the score; default {@value #USUAL_GAIN}, or
   * a tenth of a standard deviation where scores are not all between 0 and 1.
   */
  public GainCheck gain(double value) {
    SettingCheck.over("gain", value, 0, USUAL_GAIN);
    return new GainCheck(baseline, candidates, returned, about, value, probability);
  }

  /**
   * A copy with a probability that the candidate is better which the run knows better, such as by
   * the model of its search; default: by the scores of the two.
   */
  public GainCheck probability(double value) {
    return new GainCheck(baseline, candidates, returned, about, gain, value);
  }

  /** The estimate that the verdict is by; empty where nothing can be compared. */
  public Optional<GainEstimate> estimate() {
    return about >= 0 ? estimate(about) : best();
  }

  private Optional<GainEstimate> estimate(int candidate) {
    return GainEstimate.of(baseline, candidates, candidate);
  }

  private Optional<GainEstimate> best() {
    OptionalDouble[] strengths =
        candidates.stream().map(this::strength).toArray(OptionalDouble[]::new);
    return IntStream.range(0, strengths.length)
        .filter(i -> strengths[i].isPresent())
        .boxed()
        .max(Comparator.comparingDouble(i -> strengths[i].orElseThrow()))
        .flatMap(this::estimate);
  }

  private OptionalDouble strength(double[] candidate) {
    return PairedGain.of(baseline, candidate)
        .map(each -> OptionalDouble.of(each.error() == 0 ? 0 : each.mean() / each.error()))
        .orElse(OptionalDouble.empty());
  }

  /** The verdict; empty where nothing can be compared, and the baseline leaves room to gain. */
  public Optional<Verdict> verdict() {
    Optional<GainEstimate> estimate = estimate();
    if (returned >= 0 && estimate.filter(GainCheck::showsGain).isPresent()) {
      return estimate.map(
          each -> new Verdict.Improved(each.by(), each.interval(), probability(each)));
    }
    double[] own = Arrays.stream(baseline).filter(each -> !Double.isNaN(each)).toArray();
    double mean = Arrays.stream(own).average().orElse(Double.NaN);
    if (own.length >= FEWEST && top() - mean < matters() - ROUNDING) {
      return Optional.of(new Verdict.Saturated(mean, own.length));
    }
    return estimate.map(this::undecided);
  }

  private static boolean showsGain(GainEstimate estimate) {
    return estimate.examples() >= FEWEST && estimate.interval().lower() > 0;
  }

  private Verdict undecided(GainEstimate estimate) {
    int needed = Math.max(FEWEST, power(estimate).examples(matters()));
    double chance = probability(estimate);
    boolean ruledOut =
        estimate.examples() >= FEWEST
            && estimate.spread() > 0
            && estimate.interval().upper() < matters();
    return estimate.examples() >= needed || ruledOut
        ? new Verdict.NoSignificantGain(estimate.by(), estimate.interval(), chance)
        : new Verdict.TooFewExamples(
            needed, estimate.examples(), estimate.by(), estimate.interval(), chance);
  }

  /** By the spread that was seen; scores that are all equal show none. */
  private GainPower power(GainEstimate estimate) {
    GainPower power =
        estimate.spread() > 0
            ? GainPower.ofSpread(estimate.spread())
            : GainPower.ofBaseline(
                Arrays.stream(baseline).filter(each -> !Double.isNaN(each)).toArray());
    return power.bestOf(Math.max(1, estimate.candidates()));
  }

  private double probability(GainEstimate estimate) {
    return probability == null ? estimate.probability() : probability;
  }

  private DoubleStream scores() {
    return DoubleStream.concat(
            Arrays.stream(baseline), candidates.stream().flatMapToDouble(Arrays::stream))
        .filter(each -> !Double.isNaN(each));
  }

  private boolean withinUnit() {
    return scores().allMatch(each -> each >= 0 && each <= 1);
  }

  private double top() {
    return withinUnit() ? 1 : scores().max().orElse(Double.NaN);
  }

  private double matters() {
    if (gain != null) {
      return gain;
    }
    if (withinUnit()) {
      return USUAL_GAIN;
    }
    double mean = scores().average().orElse(0);
    double variance = scores().map(each -> (each - mean) * (each - mean)).average().orElse(0);
    return Math.max(Double.MIN_NORMAL, USUAL_EFFECT * Math.sqrt(variance));
  }
}
