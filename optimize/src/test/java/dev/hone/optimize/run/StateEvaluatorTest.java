package dev.hone.optimize.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.data.Dataset;
import dev.hone.metric.Metric;
import dev.hone.metric.Score;
import dev.hone.optimize.OptimizationTask;
import dev.hone.optimize.fake.Contexts;
import dev.hone.optimize.fake.ProposerRules;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.fake.Tickets.Route;
import dev.hone.optimize.fake.Tickets.Ticket;
import dev.hone.optimize.run.StateEvaluator.Result;
import dev.hone.program.Predictors;
import dev.hone.program.ProgramState;
import java.util.List;
import org.junit.jupiter.api.Test;

class StateEvaluatorTest {
  private final RuleModel model =
      RuleModel.of(
          ProposerRules::echo,
          Tickets.rules(p -> p.instructions().equals(Tickets.ORIGINAL) ? 1 : 0));
  private final Tickets.Router router = new Tickets.Router();
  private final ProgramState original = Predictors.of(router).initialState();
  private final ProgramState changed =
      original.with("route", original.of("route").withInstructions("Guess."));

  /** Cannot score two rows of five, nor any wrong answer. */
  private static final Metric<Ticket, Route> PARTIAL =
      (example, actual, context) -> {
        boolean wrong = !actual.equals(example.expected());
        if (wrong || Tickets.number(example.input().text()) % 5 < 2) {
          throw new IllegalStateException("cannot be scored");
        }
        return Score.of(1);
      };

  @Test
  void leavesOutRowsThatTheMetricFailsOnAndCostsAFailedStateOnlyItself() {
    Dataset<Ticket, Route> examples = Tickets.data(0, 20, "quartz");
    StateEvaluator<Ticket, Route> evaluator =
        new StateEvaluator<>(
            OptimizerRun.of("Mine"), OptimizationTask.of(router, examples, PARTIAL), examples, 0);

    List<Result> results =
        Contexts.of(model)
            .call(
                () ->
                    evaluator.evaluateAll(
                        List.of(
                            new CandidateState("original", original),
                            new CandidateState("changed", changed))));

    assertThat(results.get(0))
        .isInstanceOfSatisfying(
            Result.Evaluated.class,
            evaluated -> {
              assertThat(evaluated.score().scoreMean()).isEqualTo(1);
              assertThat(evaluated.score().unscoredExamples()).isEqualTo(8);
            });
    assertThat(results.get(1))
        .isInstanceOfSatisfying(
            Result.Failed.class,
            failed -> assertThat(failed.problem()).contains("cannot be scored"));
  }
}
