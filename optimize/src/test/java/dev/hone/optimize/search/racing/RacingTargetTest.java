package dev.hone.optimize.search.racing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.optimize.FinishReason;
import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.ConfigurationSummary;
import dev.hone.optimize.search.EvaluationRequest;
import dev.hone.optimize.search.SearchBudget;
import dev.hone.optimize.search.SearchRun;
import dev.hone.optimize.search.racing.model.ExampleOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a race ends at a target, and which of its evaluations are full. */
class RacingTargetTest {
  private static final Configuration BASELINE = Configuration.of(0, 0);

  private static RacePlay play(SearchBudget budget, int examples, long seed, RacePlay.Scores s) {
    SearchRun run =
        RacePlay.start(RacingSettings.DEFAULTS, budget, RacePlay.space(3, 6), examples, seed);
    return new RacePlay(run, s).toTheEnd();
  }

  private static List<EvaluationRequest> full(RacePlay play) {
    return play.asks().stream().filter(ask -> ask.kind() == EvaluationRequest.Kind.FULL).toList();
  }

  @ParameterizedTest
  @CsvSource({"18, 1, 0.9", "18, 2, 1.0", "40, 2, 0.9", "100, 4, 1.0", "9, 2, 0.5", "18, 2, -1"})
  void endsAtOnceWhereEveryScoreReachesTheTarget(int examples, int inFlight, double target) {
    SearchBudget budget = SearchBudget.ofTrials(10).trialsInFlight(inFlight).targetScore(target);

    RacePlay play = play(budget, examples, 1, (configuration, example) -> 1);

    assertThat(play.run().finishReason()).isEqualTo(FinishReason.TARGET_REACHED);
    // the baseline on all, and a block of the others that were asked for beside it
    int block = ExampleOrder.blockSize(examples, null);
    assertThat(play.calls()).isLessThanOrEqualTo(examples + block * (inFlight - 1));
    assertThat(play.best().configuration()).isEqualTo(BASELINE);
  }

  @Test
  void reachesATargetThatIsAScoreThatDoublesDoNotHoldExactly() {
    SearchBudget budget = SearchBudget.ofTrials(10).targetScore(0.7);

    RacePlay play = play(budget, 30, 1, (configuration, example) -> 0.7);

    assertThat(play.run().finishReason()).isEqualTo(FinishReason.TARGET_REACHED);
    assertThat(play.calls()).isEqualTo(30);
  }

  @ParameterizedTest
  @CsvSource({"1, false", "2, true", "3, false", "4, true", "5, false"})
  void completesTheOneThatReachesTheTargetNextAndStopsIfItHolds(long seed, boolean whole) {
    Configuration good = Configuration.of(2, 4);
    SearchBudget budget = SearchBudget.ofTrials(30).targetScore(0.95).wholeValset(whole);

    // No outcome is too dear, so that the race goes on until it meets the good one.
    RacingSettings free = RacingSettings.DEFAULTS.withPointsPerThousandTokens(0.0);
    SearchRun run = RacePlay.start(free, budget, RacePlay.space(3, 6), 100, seed);
    RacePlay.Scores scores =
        RacePlay.coins(
            seed, c -> 0.3 + (c.choice(0) == 2 ? 0.35 : 0) + (c.choice(1) == 4 ? 0.35 : 0));
    RacePlay play = new RacePlay(run, scores).toTheEnd();

    assertThat(play.run().finishReason()).isEqualTo(FinishReason.TARGET_REACHED);
    assertThat(play.best().configuration()).isEqualTo(good);
    assertThat(play.best().full()).isTrue();
    List<EvaluationRequest> asks = play.asks();
    List<EvaluationRequest> full = full(play);
    assertThat(full)
        .extracting(EvaluationRequest::configuration)
        .containsExactlyInAnyOrderElementsOf(whole ? List.of(good, BASELINE) : List.of(good));
    assertThat(asks.subList(asks.indexOf(full.get(0)), asks.size())).isEqualTo(full);
  }

  @Test
  void goesOnWhereTheCompletedOneMissesTheTarget() {
    // The first three blocks flatter every configuration.
    SearchBudget budget = SearchBudget.ofTrials(20).targetScore(0.9);
    SearchRun run = RacePlay.start(RacingSettings.DEFAULTS, budget, RacePlay.space(3, 6), 100, 1);
    Set<Integer> first = new HashSet<>();
    RacePlay play =
        new RacePlay(
            run,
            (configuration, example) -> {
              if (first.size() < 45) {
                first.add(example);
              }
              return first.contains(example) ? 1 : 0.2;
            });
    play.toTheEnd();

    assertThat(run.finishReason()).isNotEqualTo(FinishReason.TARGET_REACHED);
    assertThat(run.summaries()).anyMatch(ConfigurationSummary::full);
  }

  @Test
  void saysThatTheTargetWasReachedWhereTheLastCompletionReachesIt() {
    // The budget holds a few blocks only, so the leader is completed when the race is over.
    SearchBudget budget = SearchBudget.ofTrials(1).targetScore(0.95).wholeValset(true);

    RacePlay play =
        play(budget, 40, 1, (configuration, example) -> configuration.choice(1) == 0 ? 0.2 : 1);

    assertThat(play.best().full()).isTrue();
    assertThat(play.best().scoreMean()).isEqualTo(1);
    assertThat(play.run().finishReason()).isEqualTo(FinishReason.TARGET_REACHED);
  }

  @ParameterizedTest
  @CsvSource({"9, 1", "9, 2", "18, 1", "18, 3", "25, 2", "40, 4", "60, 2"})
  void whatCompletesAConfigurationIsAFullEvaluation(int examples, int inFlight) {
    for (long seed = 1; seed <= 5; seed++) {
      SearchBudget budget =
          SearchBudget.ofTrials(10).trialsInFlight(inFlight).wholeValset(seed % 2 == 0);

      RacePlay play =
          play(budget, examples, seed, RacePlay.coins(seed, c -> 0.3 + 0.1 * c.choice(1)));

      List<Configuration> complete =
          play.run().summaries().stream()
              .filter(ConfigurationSummary::full)
              .map(ConfigurationSummary::configuration)
              .toList();
      List<EvaluationRequest> full = full(play);
      assertThat(full)
          .extracting(EvaluationRequest::configuration)
          .containsExactlyInAnyOrderElementsOf(complete);
      assertThat(full).allMatch(ask -> new HashSet<>(ask.examples()).size() == examples);
      assertThat(play.asks())
          .filteredOn(ask -> ask.kind() == EvaluationRequest.Kind.MINIBATCH)
          .allMatch(ask -> ask.examples().size() < examples);
    }
  }

  @Test
  void aRaceWithoutATargetNeitherNoticesNorEndsAtOne() {
    List<List<EvaluationRequest>> runs = new ArrayList<>();
    for (Double target : new Double[] {null, 2.0}) {
      SearchBudget budget = SearchBudget.ofTrials(10).trialsInFlight(2).targetScore(target);
      runs.add(play(budget, 60, 3, RacePlay.coins(3, c -> 0.3 + 0.1 * c.choice(1))).asks());
    }

    assertThat(runs.get(1)).as("a target out of reach changes nothing").isEqualTo(runs.get(0));
  }
}
