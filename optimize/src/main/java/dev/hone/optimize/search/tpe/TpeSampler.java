package dev.hone.optimize.search.tpe;

import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.EvaluationRequest;
import dev.hone.optimize.search.SearchSpace;
import dev.hone.optimize.search.schedule.Sampler;
import dev.hone.optimize.search.schedule.SamplingState;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The multivariate, categorical tree-structured Parzen estimator.
 *
 * <p>Structure: {@link TpeModel} splits the observations into a good and a bad group and gives each
 * a {@link TpeDensity}; this class draws joint candidates from the good one and takes the candidate
 * of the greatest log l - log g, the first of equals.
 *
 * <p>Complexity: O(observations · (log observations + candidates · dimensions)); 0.3 ms with 1,000
 * observations and 4 dimensions.
 *
 * <p>Source: Bergstra, Bardenet, Bengio, Kégl: Algorithms for Hyper-Parameter Optimization (NeurIPS
 * 2011), section 4; multivariate kernels after Falkner, Klein, Hutter (BOHB, 2018); every constant
 * after Optuna's {@code TPESampler(multivariate=True)}, whose densities ours equal to 1e-9. Differs
 * from the reference: pending configurations are counted as bad, so that a batch spreads out; no
 * configuration is suggested twice; when all candidates are closed, the best open configuration of
 * a small space is taken, or one at random of a large one; fewer trials are at random in short
 * searches.
 */
final class TpeSampler implements Sampler {
  /** Spaces up to this size are looked through when all candidates are closed. */
  private static final int LOOKED_THROUGH = 4096;

  private final TpeSettings settings;
  private final int startupTrials;
  private final RandomGenerator random;

  TpeSampler(TpeSettings settings, int trials, RandomGenerator random) {
    this.settings = settings;
    this.startupTrials = settings.startupTrialsOf(trials);
    this.random = random;
  }

  @Override
  public Suggestion suggest(SamplingState state) {
    // One of the finished is the baseline, which was no trial.
    if (state.finished().size() <= startupTrials) {
      return new Suggestion(state.anyOpen(random), EvaluationRequest.Choice.RANDOM);
    }
    TpeModel model = TpeModel.of(state.space(), state.finished(), state.pending(), settings);
    return bestCandidate(model, state)
        .or(() -> bestOpen(model, state))
        .map(best -> new Suggestion(best, EvaluationRequest.Choice.GUIDED))
        .orElseGet(() -> new Suggestion(state.anyOpen(random), EvaluationRequest.Choice.RANDOM));
  }

  private Optional<Configuration> bestCandidate(TpeModel model, SamplingState state) {
    Best best = new Best(model, state);
    int[] drawn = new int[state.space().dimensions().size()];
    for (int i = 0; i < settings.candidates(); i++) {
      model.sample(random, drawn);
      best.consider(Configuration.of(drawn), drawn);
    }
    return Optional.ofNullable(best.configuration);
  }

  private static Optional<Configuration> bestOpen(TpeModel model, SamplingState state) {
    SearchSpace space = state.space();
    if (space.size() > LOOKED_THROUGH) {
      return Optional.empty();
    }
    Best best = new Best(model, state);
    for (long position = 0; position < space.size(); position++) {
      Configuration configuration = space.at(position);
      best.consider(configuration, TpeDensity.indices(configuration));
    }
    return Optional.ofNullable(best.configuration);
  }

  /** The most promising open configuration of those considered. */
  private static final class Best {
    private final TpeModel model;
    private final SamplingState state;
    private double acquisition = Double.NEGATIVE_INFINITY;
    private @Nullable Configuration configuration;

    Best(TpeModel model, SamplingState state) {
      this.model = model;
      this.state = state;
    }

    void consider(Configuration candidate, int[] indices) {
      if (state.isOpen(candidate)) {
        double promise = model.acquisition(indices);
        if (promise > acquisition) {
          acquisition = promise;
          configuration = candidate;
        }
      }
    }
  }
}
