package dev.hone.optimize.mipro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.optimize.FinishReason;
import dev.hone.optimize.OptimizationTask;
import dev.hone.optimize.candidate.DemoCandidate;
import dev.hone.optimize.fake.Contexts;
import dev.hone.optimize.fake.ProposerRules;
import dev.hone.optimize.fake.Relay;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.SeenPrompt;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.search.EvaluationRequest;
import dev.hone.optimize.search.Search;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MiproV2SearchTest {
  private final RuleModel model =
      RuleModel.of(ProposerRules::echo, Tickets.rules(p -> p.demos().isEmpty() ? 0.4 : 0.6));

  @ParameterizedTest
  @CsvSource({"1, 1, 0", "2, 1, 1", "1, 2, 1", "2, 2, 3"})
  void enumeratesASpaceSmallerThanTheBudget(int instructions, int demoSets, int trials) {
    var report =
        Trial.run(
                model,
                Trial.minibatches()
                    .instructionCandidates(instructions)
                    .demoSets(demoSets)
                    .fullEvaluationSteps(2)
                    .trials(20))
            .report();

    List<TrialRecord> made =
        report.trials().stream()
            .filter(
                trial ->
                    trial.request().choice() != EvaluationRequest.Choice.BASELINE
                        && trial.request().choice() != EvaluationRequest.Choice.PROMOTED)
            .toList();
    assertThat(made).hasSize(trials);
    assertThat(report.finishReason()).isEqualTo(FinishReason.SPACE_EXHAUSTED);
    assertThat(report.best().examples()).isEqualTo(40);
  }

  @Test
  void triesNoConfigurationTwice() {
    var report = Trial.run(model, Trial.minibatches().instructionCandidates(5).trials(14)).report();

    assertThat(
            report.trials().stream()
                .filter(trial -> trial.request().choice() != EvaluationRequest.Choice.PROMOTED)
                .map(trial -> trial.request().configuration()))
        .hasSize(15)
        .doesNotHaveDuplicates();
  }

  @Test
  void choosesAmongTheConfigurationsThatWereEvaluatedFully() {
    for (long seed = 0; seed < 10; seed++) {
      var report = Trial.run(model, Trial.minibatches().minibatchSize(4).seed(seed)).report();

      List<TrialRecord> full =
          report.trials().stream()
              .filter(t -> t.request().kind() == EvaluationRequest.Kind.FULL)
              .toList();
      double bestMean =
          full.stream().mapToDouble(t -> t.scoreMean().orElseThrow()).max().orElseThrow();
      assertThat(full).hasSizeGreaterThanOrEqualTo(4);
      assertThat(report.best().scoreMean()).isEqualTo(bestMean);
      assertThat(full)
          .anyMatch(t -> t.request().configuration().equals(report.best().configuration()));
    }
  }

  @Test
  void evaluatesFullyAtTheIntervalAndAtTheEndWhateverTheBatchSize() {
    for (int inFlight = 1; inFlight <= 5; inFlight++) {
      var report =
          Trial.run(
                  model,
                  Trial.minibatches().trials(7).fullEvaluationSteps(3).trialsInFlight(inFlight))
              .report();

      assertThat(
              report.trials().stream()
                  .filter(trial -> trial.request().choice() == EvaluationRequest.Choice.PROMOTED))
          .hasSizeBetween(2, 3);
      assertThat(report.finishReason()).isEqualTo(FinishReason.TRIALS_SPENT);
    }
  }

  @Test
  void evaluatesTrialsOfABatchOnTheSameExamples() {
    var report = Trial.run(model, Trial.minibatches().trialsInFlight(2)).report();

    List<List<Integer>> minibatches =
        report.trials().stream()
            .filter(trial -> trial.request().kind() == EvaluationRequest.Kind.MINIBATCH)
            .map(trial -> trial.request().examples())
            .toList();
    for (int i = 0; i + 1 < minibatches.size(); i += 2) {
      assertThat(minibatches.get(i)).isEqualTo(minibatches.get(i + 1));
    }
    assertThat(minibatches.stream().distinct()).hasSize(minibatches.size() / 2);
  }

  @Test
  void runsTheTrialsOfABatchTogether() {
    CyclicBarrier together = new CyclicBarrier(2);
    RuleModel waiting =
        RuleModel.of(
            ProposerRules::echo,
            prompt -> {
              if (Tickets.number(prompt.input("text")) >= 40
                  && !(prompt.demos().isEmpty()
                      && prompt.instructions().equals(Tickets.ORIGINAL))) {
                meet(together);
              }
              return Tickets.rules(p -> 0.5).apply(prompt);
            });
    var task =
        OptimizationTask.of(new Tickets.Router(), Trial.TRAINSET, Tickets.metric())
            .withValset(Tickets.data(40, 41, "quartz"));

    var report =
        Trial.run(Contexts.of(waiting), Trial.small().trials(6).trialsInFlight(2), task).report();

    assertThat(report.trials()).hasSize(7);
  }

  private static void meet(CyclicBarrier together) {
    try {
      together.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new AssertionError("the other trial of the batch did not come", e);
    }
  }

  @Test
  void stopsAtTheTargetScore() {
    var report = Trial.run(model, Trial.small().targetScore(0.55)).report();

    assertThat(report.finishReason()).isEqualTo(FinishReason.TARGET_REACHED);
    assertThat(report.trials()).hasSizeLessThan(9);
  }

  @Test
  void stopsWhenItsPatienceIsSpent() {
    RuleModel flat = RuleModel.of(ProposerRules::echo, Tickets.rules(p -> 0.5));

    var report = Trial.run(flat, Trial.small().patience(2)).report();

    assertThat(report.finishReason()).isEqualTo(FinishReason.NO_IMPROVEMENT);
  }

  /**
   * A skill that only one of seven tips brings, and demo sets with at least two lucky tickets: luck
   * has nothing to do with labels, which every chosen set holds in proportion.
   */
  private static double planted(SeenPrompt prompt) {
    long lucky =
        prompt.demos().stream().filter(demo -> isLucky(demo.getOrDefault("text", ""))).count();
    return 0.2
        + (prompt.instructions().contains("easily confused") ? 0.35 : 0)
        + (lucky >= 2 ? 0.3 : 0);
  }

  private static MiproV2 wide(long seed) {
    return MiproV2.light()
        .search(Search.tpe())
        .instructionCandidates(8)
        .demoSets(8)
        .trials(24)
        .minibatch(true)
        .minibatchSize(12)
        .maxBootstrappedDemos(3)
        .maxLabeledDemos(3)
        .seed(seed);
  }

  @Test
  void findsAPlantedInstructionAndAPlantedDemoSetTogether() {
    int found = 0;
    int planted = 0;
    for (long seed = 0; seed < 20; seed++) {
      RuleModel planting =
          RuleModel.of(ProposerRules::echo, Tickets.rules(MiproV2SearchTest::planted));

      var report = Trial.run(planting, wide(seed)).report();

      planted += report.demoSets().get("route").stream().anyMatch(s -> lucky(s) >= 2) ? 1 : 0;
      found += report.best().scoreMean() > 0.8 ? 1 : 0;
      assertThat(report.baseline().scoreMean()).isLessThan(0.3);
    }
    assertThat(planted).isGreaterThanOrEqualTo(15);
    assertThat(found).isGreaterThanOrEqualTo(planted - 1);
  }

  private static boolean isLucky(String ticket) {
    return !ticket.isEmpty() && Tickets.number(ticket) % 8 < 3;
  }

  private static long lucky(DemoCandidate set) {
    return set.demos().stream()
        .filter(demo -> isLucky(demo.inputs().get("text").stringValue()))
        .count();
  }

  private static double meanOfBest(Search search) {
    double sum = 0;
    for (long seed = 0; seed < 20; seed++) {
      RuleModel planting =
          RuleModel.of(
              ProposerRules::echo,
              Relay.rules(
                  p -> p.instructions().contains("easily confused") ? 1 : 0,
                  MiproV2SearchTest::planted));
      sum +=
          Trial.run(
                  Contexts.of(planting), wide(seed).search(search).trialsInFlight(1), Trial.relay())
              .report()
              .best()
              .scoreMean();
    }
    return sum / 20;
  }

  @Test
  void findsBetterProgramsOfTwoPredictorsThanRandomSearchWithAsManyTrials() {
    double guided = meanOfBest(Search.tpe());
    double random = meanOfBest(Search.random());

    assertThat(guided).isGreaterThan(random + 0.02);
  }
}
