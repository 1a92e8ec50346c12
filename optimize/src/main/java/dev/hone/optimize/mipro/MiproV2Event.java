package dev.hone.optimize.mipro;

import dev.hone.optimize.OptimizerEvent;
import dev.hone.optimize.search.ConfigurationSummary;
import dev.hone.optimize.search.EvaluationRequest;
import java.util.List;
import java.util.Optional;

/** What happens during the search of MIPROv2. */
public sealed interface MiproV2Event extends OptimizerEvent {
  /**
   * What the run will do is known.
   *
   * @param plan the numbers
   */
  record Planned(MiproV2Plan plan) implements MiproV2Event {}

  /**
   * Evaluations are about to run together.
   *
   * @param asks the evaluations
   */
  record TrialsStarted(List<EvaluationRequest> asks) implements MiproV2Event {
    /** Copies the list. */
    public TrialsStarted {
      asks = List.copyOf(asks);
    }
  }

  /**
   * The best by minibatches are about to be evaluated fully.
   *
   * @param asks their full evaluations
   */
  record Reranked(List<EvaluationRequest> asks) implements MiproV2Event {
    /** Copies the list. */
    public Reranked {
      asks = List.copyOf(asks);
    }
  }

  /**
   * A trial or a full evaluation ended.
   *
   * @param trial what it brought
   * @param best the best fully evaluated configuration now; empty before the first
   */
  record TrialFinished(TrialRecord trial, Optional<ConfigurationSummary> best)
      implements MiproV2Event {
    @Override
    public Optional<String> headline() {
      String mean =
          trial.scoreMean().isPresent()
              ? "%.3f".formatted(trial.scoreMean().getAsDouble())
              : "no score";
      String most = best.map(b -> ", best %.3f".formatted(b.scoreMean())).orElse("");
      return Optional.of("trial %d: %s%s".formatted(trial.ask().trial() + 1, mean, most));
    }
  }
}
