package dev.hone.optimize.search.schedule;

import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.ConfigurationSummary;
import dev.hone.optimize.search.EvaluationRequest;
import dev.hone.optimize.search.EvaluationScores;
import dev.hone.optimize.search.SearchBudget;
import dev.hone.optimize.search.SearchProblem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * When which configurations are evaluated on the whole validation set: the baseline first, then the
 * best {@code fullEvaluationTop} for every {@code fullEvaluationSteps} trials, and at the end. What
 * came back incomplete is asked for once more.
 */
final class FullEvaluations {
  private final SearchProblem problem;
  private final SearchBudget budget;
  private final Ledger ledger;
  private final Set<Configuration> askedAgain = new HashSet<>();
  private final List<EvaluationRequest> again = new ArrayList<>();

  private boolean baselineAsked;
  private int rounds;
  private int trialsAtLastRound;
  private boolean lastRoundMade;

  FullEvaluations(SearchProblem problem, SearchBudget budget, Ledger ledger) {
    this.problem = problem;
    this.budget = budget;
    this.ledger = ledger;
  }

  /** The evaluations due after so many trials; empty if none is. */
  List<EvaluationRequest> due(int asked, int trialsTold) {
    if (!baselineAsked) {
      baselineAsked = true;
      return asks(List.of(problem.baseline()), EvaluationRequest.Choice.BASELINE, asked);
    }
    if (!again.isEmpty()) {
      // Only one baseline or several promoted: they were asked for together.
      List<Configuration> configurations =
          again.stream().map(EvaluationRequest::configuration).toList();
      List<EvaluationRequest> asks = asks(configurations, again.get(0).choice(), asked);
      again.clear();
      return asks;
    }
    int passed = trialsTold / budget.fullEvaluationSteps() - rounds;
    if (passed == 0) {
      return List.of();
    }
    rounds += passed;
    trialsAtLastRound = trialsTold;
    return promote(passed * budget.fullEvaluationTop(), Double.NEGATIVE_INFINITY, asked);
  }

  /** The evaluations before the search ends. If a round was just made, only of what may win. */
  List<EvaluationRequest> last(int asked, int trialsTold) {
    if (lastRoundMade) {
      return List.of();
    }
    lastRoundMade = true;
    double leastMean = Double.NEGATIVE_INFINITY;
    if (trialsTold == trialsAtLastRound) {
      leastMean = ledger.best().map(ConfigurationSummary::scoreMean).orElse(leastMean);
    }
    return promote(budget.fullEvaluationTop(), leastMean, asked);
  }

  /** Allows another last round, as the search goes on. */
  void reopen() {
    lastRoundMade = false;
  }

  /**
   * Notes a result, whose scores the ledger has taken.
   *
   * @return whether it was one of these evaluations, not a trial
   */
  boolean tookOne(EvaluationScores told, List<String> notes) {
    EvaluationRequest ask = told.ask();
    if (ask.choice() != EvaluationRequest.Choice.BASELINE
        && ask.choice() != EvaluationRequest.Choice.PROMOTED) {
      return false;
    }
    if (!told.complete()) {
      if (askedAgain.add(ask.configuration())) {
        again.add(ask);
      } else if (ask.choice() == EvaluationRequest.Choice.BASELINE) {
        leaveOut(ask, notes);
      } else {
        notes.add(
            "Trial %d, a full evaluation, was incomplete twice and is given up"
                .formatted(ask.trial() + 1));
      }
    }
    return true;
  }

  private void leaveOut(EvaluationRequest ask, List<String> notes) {
    int left = ledger.leaveOutUnscored(ask.configuration());
    notes.add(
        left > 0
            ? "The baseline has no score on %d of %d examples after two attempts; they are left out"
                .formatted(left, problem.exampleCount())
            : "The baseline has no score on any example after two attempts");
  }

  private List<EvaluationRequest> promote(int limit, double leastMean, int asked) {
    return asks(ledger.promotable(limit, leastMean), EvaluationRequest.Choice.PROMOTED, asked);
  }

  private List<EvaluationRequest> asks(
      List<Configuration> configurations, EvaluationRequest.Choice choice, int asked) {
    List<EvaluationRequest> asks = new ArrayList<>();
    for (Configuration each : configurations) {
      asks.add(
          new EvaluationRequest(
              asked + asks.size(), EvaluationRequest.Kind.FULL, each, ledger.examples(), choice));
    }
    return asks;
  }
}
