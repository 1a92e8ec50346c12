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
  private final SamplingState state;
  private final Set<Configuration> promoted = new HashSet<>();
  private final Set<Configuration> askedAgain = new HashSet<>();
  private final List<EvaluationRequest> again = new ArrayList<>();

  private boolean baselineAsked;
  private int rounds;
  private int trialsAtLastRound;
  private boolean lastRoundMade;

  FullEvaluations(SearchProblem problem, SearchBudget budget, SamplingState state) {
    this.problem = problem;
    this.budget = budget;
    this.state = state;
  }

  /** The evaluations due after a number of trials; empty if there are none. */
  List<EvaluationRequest> due(int asked, int trialsMade) {
    if (!baselineAsked) {
      baselineAsked = true;
      return requests(List.of(problem.baseline()), EvaluationRequest.Choice.BASELINE, asked);
    }
    if (!again.isEmpty()) {
      // Only one baseline or several promoted: they were asked for together.
      List<Configuration> configurations =
          again.stream().map(EvaluationRequest::configuration).toList();
      List<EvaluationRequest> requests = requests(configurations, again.get(0).choice(), asked);
      again.clear();
      return requests;
    }
    int passed = trialsMade / budget.fullEvaluationSteps() - rounds;
    if (passed == 0) {
      return List.of();
    }
    rounds += passed;
    trialsAtLastRound = trialsMade;
    return promote(passed * budget.fullEvaluationTop(), Double.NEGATIVE_INFINITY, asked);
  }

  /** The evaluations before the search ends. If a round was just made, only of what may win. */
  List<EvaluationRequest> last(int asked, int trialsMade) {
    if (lastRoundMade) {
      return List.of();
    }
    lastRoundMade = true;
    double leastMean = Double.NEGATIVE_INFINITY;
    if (trialsMade == trialsAtLastRound) {
      leastMean = state.scores().best().map(ConfigurationSummary::scoreMean).orElse(leastMean);
    }
    return promote(budget.fullEvaluationTop(), leastMean, asked);
  }

  /** Allows another last round, as the search goes on. */
  void reopen() {
    lastRoundMade = false;
  }

  /**
   * Notes an evaluation, whose scores the state has taken.
   *
   * @return whether it was one of these evaluations, not a trial
   */
  boolean tookOne(EvaluationScores scores, List<String> notes) {
    EvaluationRequest request = scores.request();
    if (request.choice() != EvaluationRequest.Choice.BASELINE
        && request.choice() != EvaluationRequest.Choice.PROMOTED) {
      return false;
    }
    if (request.choice() == EvaluationRequest.Choice.PROMOTED) {
      promoted.add(request.configuration());
    }
    if (!scores.complete()) {
      if (askedAgain.add(request.configuration())) {
        again.add(request);
      } else if (request.choice() == EvaluationRequest.Choice.BASELINE) {
        leaveOut(request, notes);
      } else {
        notes.add(
            "Trial %d, a full evaluation, was incomplete twice and is given up"
                .formatted(request.trial() + 1));
      }
    }
    return true;
  }

  private void leaveOut(EvaluationRequest request, List<String> notes) {
    int left = state.leaveOutUnscored(request.configuration());
    notes.add(
        left > 0
            ? "The baseline has no score on %d of %d examples after two attempts; they are left out"
                .formatted(left, problem.exampleCount())
            : "The baseline has no score on any example after two attempts");
  }

  private List<EvaluationRequest> promote(int limit, double leastMean, int asked) {
    return requests(promotable(limit, leastMean), EvaluationRequest.Choice.PROMOTED, asked);
  }

  /** The best configurations that are worth a full evaluation: none was made of them yet. */
  private List<Configuration> promotable(int limit, double leastMean) {
    return state.summaries().stream()
        .filter(each -> !each.full() && each.scoreMean() >= leastMean)
        .map(ConfigurationSummary::configuration)
        .filter(configuration -> !promoted.contains(configuration))
        .limit(limit)
        .toList();
  }

  private List<EvaluationRequest> requests(
      List<Configuration> configurations, EvaluationRequest.Choice choice, int asked) {
    List<EvaluationRequest> requests = new ArrayList<>();
    for (Configuration each : configurations) {
      int trial = asked + requests.size();
      requests.add(
          new EvaluationRequest(
              trial, EvaluationRequest.Kind.FULL, each, state.scores().examples(), choice));
    }
    return requests;
  }
}
