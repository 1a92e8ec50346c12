package dev.hone.optimize.candidate;

import dev.hone.SettingCheck;
import java.util.function.UnaryOperator;

/**
 * The settings of bootstrapping, as they stand on every optimizer that bootstraps. Each gives a
 * copy; a value out of its range is an {@link dev.hone.InvalidInputException}.
 *
 * @param <S> the optimizer
 */
public interface BootstrapOptions<S> {
  /** A copy with other settings of bootstrapping. */
  S bootstrap(UnaryOperator<BootstrapSettings> change);

  /** A copy that bootstraps by these settings. */
  default S bootstrap(BootstrapSettings settings) {
    SettingCheck.given("bootstrap", settings);
    return bootstrap(before -> settings);
  }

  /** A copy with at most this number of demos per predictor from successful runs; default 4. */
  default S maxBootstrappedDemos(int value) {
    return bootstrap(settings -> settings.withMaxBootstrappedDemos(value));
  }

  /** A copy in which labelled demos fill up to this number of demos in all; default 16. */
  default S maxLabeledDemos(int value) {
    return bootstrap(settings -> settings.withMaxLabeledDemos(value));
  }

  /** A copy with another least score of a successful run; default 1, and 0 is a threshold too. */
  default S metricThreshold(double value) {
    return bootstrap(settings -> settings.withMetricThreshold(value));
  }

  /**
   * A copy whose teacher tries an example that it failed this number of times, from the second time
   * on at temperature 1; default 1.
   */
  default S maxRounds(int value) {
    return bootstrap(settings -> settings.withMaxRounds(value));
  }

  /**
   * A copy that stops when the teacher threw on more examples than this; default: no limit. MIPROv2
   * also ends its search, with {@code TOO_MANY_ERRORS} and the best so far, when more examples than
   * this failed in one evaluation.
   */
  default S maxErrors(int value) {
    return bootstrap(settings -> settings.withMaxErrors(value));
  }
}
