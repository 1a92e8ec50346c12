package dev.hone.examples;

import dev.hone.optimize.FinishReason;
import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.ConfigurationSummary;
import dev.hone.optimize.search.EvaluationRequest;
import dev.hone.optimize.search.EvaluationRequest.Choice;
import dev.hone.optimize.search.EvaluationScores;
import dev.hone.optimize.search.ScoreTable;
import dev.hone.optimize.search.Search;
import dev.hone.optimize.search.SearchBudget;
import dev.hone.optimize.search.SearchProblem;
import dev.hone.optimize.search.SearchRun;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** A search of your own: hill climbing, from the best so far by one other choice at a time. */
public final class CoordinateSearch implements Search {
  @Override
  public String name() {
    return "coordinate";
  }

  @Override
  public SearchRun start(SearchProblem problem, SearchBudget budget, RandomGenerator random) {
    return new Climb(problem, budget.trials(), random);
  }

  private static final class Climb implements SearchRun {
    private final SearchProblem problem;
    private final int trials;
    private final RandomGenerator random;
    private final ScoreTable scores;
    private int asked;
    private FinishReason finishReason = FinishReason.RUNNING;

    Climb(SearchProblem problem, int trials, RandomGenerator random) {
      this.problem = problem;
      this.trials = trials;
      this.random = random;
      this.scores = new ScoreTable(problem);
    }

    @Override
    public List<EvaluationRequest> ask() {
      Configuration start = problem.baseline();
      if (asked == 0) {
        return List.of(problem.fullEvaluation(asked++, start, Choice.BASELINE));
      }
      Configuration best = best().map(ConfigurationSummary::configuration).orElse(start);
      List<Configuration> open = new ArrayList<>(problem.space().neighbours(best));
      open.removeAll(scores.configurations());
      if (open.isEmpty() || asked > trials) {
        finishReason = open.isEmpty() ? FinishReason.COMPLETED : FinishReason.TRIALS_SPENT;
        return List.of();
      }
      Configuration next = open.get(random.nextInt(open.size()));
      return List.of(problem.fullEvaluation(asked++, next, Choice.GUIDED));
    }

    @Override
    public void tell(List<EvaluationScores> evaluated) {
      evaluated.forEach(scores::put);
    }

    @Override
    public ScoreTable scores() {
      return scores;
    }

    @Override
    public FinishReason finishReason() {
      return finishReason;
    }
  }
}
