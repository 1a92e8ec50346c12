package dev.hone.optimize.search.racing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.optimize.FinishReason;
import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.EvaluationRequest;
import dev.hone.optimize.search.Search;
import dev.hone.optimize.search.SearchBudget;
import dev.hone.optimize.search.SearchExtent;
import dev.hone.optimize.search.SearchRun;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a race may cost, in one round and in several. */
class RacingBudgetTest {
  private static final RacingSettings DEFAULTS = RacingSettings.DEFAULTS;

  /** Where no outcome is too dear, so that the budget is what ends a race. */
  private static final RacingSettings FREE = DEFAULTS.withPointsPerThousandTokens(0.0);

  private static final RacingSettings WHOLE = DEFAULTS.withWholeValset(true);
  private static final int STEPS = 5;
  private static final int BLOCK = 10;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8})
  void costsNoMoreThanItSaysAtAnySize(int inFlight) {
    List<RacingSettings> variants =
        List.of(DEFAULTS, FREE, FREE.withWholeValset(true), FREE.withBudgetFraction(2));
    for (int trials : new int[] {1, 2, 3, 8}) {
      for (int examples : new int[] {1, 6, 20, 100}) {
        for (int minibatch : new int[] {0, 5, 35}) {
          for (int rounds = 1; rounds <= 3; rounds++) {
            long seed = trials * 7L + examples + minibatch + rounds;
            RacingSettings settings = variants.get((int) (seed % 4));
            Double target = seed % 3 == 0 ? 0.6 : null;
            SearchBudget budget =
                SearchBudget.ofTrials(trials)
                    .minibatchSize(minibatch == 0 ? null : minibatch)
                    .fullEvaluationSteps(STEPS)
                    .trialsInFlight(inFlight)
                    .wholeValset(seed % 5 == 0)
                    .targetScore(target);
            costsNoMoreThanItSays(settings, budget, examples, rounds, seed);
          }
        }
      }
    }
  }

  private static void costsNoMoreThanItSays(
      RacingSettings settings, SearchBudget budget, int examples, int rounds, long seed) {
    SearchRun run = RacePlay.start(settings, budget, RacePlay.space(2, 6), examples, seed);
    RacePlay play = new RacePlay(run, RacePlay.coins(seed, c -> 0.3 + 0.06 * c.choice(1)));
    play.toTheEnd();
    for (int round = 2; round <= rounds; round++) {
      run.extend(RacePlay.space(2 * round, 6), budget.trials());
      play.toTheEnd();
    }

    SearchExtent extent =
        SearchExtent.of(overall(budget, examples, rounds), examples).rounds(rounds);
    Search search = new RacingSearch(settings);
    assertThat((long) play.calls())
        .as("%s on %d examples, %d rounds, %s", budget, examples, rounds, settings)
        .isLessThanOrEqualTo(search.mostEvaluations(extent));
    assertThat((long) play.evaluations())
        .isLessThanOrEqualTo(search.mostEvaluations(extent.memoized(false)));
  }

  /** As MiproV2Plan counts it, for rounds of equal budgets. */
  private static SearchBudget overall(SearchBudget budget, int examples, int rounds) {
    Integer minibatch = budget.minibatchSize();
    return SearchBudget.ofTrials(rounds * budget.trials())
        .minibatchSize(minibatch == null || minibatch >= examples ? null : minibatch)
        .fullEvaluationSteps(STEPS)
        .wholeValset(budget.wholeValset());
  }

  @Test
  void keepsWhatCompletesLeaderAndBaselineInReserve() {
    SearchBudget limits = SearchBudget.ofTrials(10).minibatchSize(35);
    RacingBudget completed = new RacingBudget(limits, WHOLE.withBudgetFraction(0.6), 100);
    RacingBudget notCompleted = new RacingBudget(limits, DEFAULTS.withBudgetFraction(0.6), 100);
    RacingBudget needed =
        new RacingBudget(limits.wholeValset(true), DEFAULTS.withBudgetFraction(0.6), 100);

    // 0.6 of 10 minibatches and 3 full evaluations
    assertThat(completed.forRace(0)).isEqualTo(390);
    assertThat(completed.forRace(120)).isEqualTo(270);
    assertThat(completed.forRace(1_000)).as("the race has half at least").isEqualTo(195);
    assertThat(notCompleted.forRace(120)).isEqualTo(390);
    assertThat(needed.forRace(120)).isEqualTo(270);
    completed.spend(280);
    assertThat(completed.forRace(120)).isZero();
    assertThat(completed.forRace(100)).isEqualTo(10);
  }

  @Test
  void setsAsideWhatLeaderAndBaselineLackWithoutMinibatchesToo() {
    RacingBudget budget =
        new RacingBudget(SearchBudget.ofTrials(10), WHOLE.withBudgetFraction(0.6), 100);

    // 0.6 of 11 full evaluations is 660
    assertThat(budget.forRace(0)).isEqualTo(660);
    assertThat(budget.forRace(100)).isEqualTo(560);
    assertThat(budget.forRace(500)).as("the race has half at least").isEqualTo(330);
    assertThat(budget.affords(660)).isTrue();
    assertThat(budget.affords(661)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void completesWinnerAndBaselineWithinABudgetThatJustHoldsThem(int inFlight) {
    RacingSettings settings = FREE.withWholeValset(true).withBudgetFraction(1);
    for (long seed = 1; seed <= 10; seed++) {
      SearchBudget budget = SearchBudget.ofTrials(4).trialsInFlight(inFlight);
      SearchRun run = RacePlay.start(settings, budget, RacePlay.space(2, 3), 100, seed);
      RacePlay play = new RacePlay(run, RacePlay.coins(seed, c -> 0.2 + 0.15 * c.choice(1)));
      play.toTheEnd();

      assertThat(play.calls()).as("seed %d", seed).isLessThanOrEqualTo(500 + 15 * inFlight);
      assertThat(play.best().full()).isTrue();
      assertThat(run.scores().count(Configuration.of(0, 0))).isEqualTo(100);
    }
  }

  @Test
  void givesTheLastBlocksToAsManyAsItsBudgetHolds() {
    RacingSettings settings = FREE.withBudgetFraction(0.6);
    SearchBudget budget =
        SearchBudget.ofTrials(10).minibatchSize(35).fullEvaluationSteps(STEPS).trialsInFlight(8);

    for (long seed = 1; seed <= 10; seed++) {
      SearchRun run = RacePlay.start(settings, budget, RacePlay.space(3, 6), 100, seed);
      RacePlay play = new RacePlay(run, RacePlay.coins(seed, c -> 0.5)).toTheEnd();

      // 0.6 of 10 minibatches and 3 full evaluations
      assertThat(play.calls()).isBetween(390, 390 + BLOCK - 1);
    }
  }

  @Test
  void everyRoundHasAShareOfItsOwnThoughEarlierOnesTookMoreThanTheirs() {
    for (long seed = 1; seed <= 10; seed++) {
      SearchBudget budget =
          SearchBudget.ofTrials(1).minibatchSize(35).fullEvaluationSteps(STEPS).trialsInFlight(2);
      RacingSettings settings = FREE.withWholeValset(true);
      SearchRun run = RacePlay.start(settings, budget, RacePlay.space(3, 6), 200, seed);
      RacePlay play = new RacePlay(run, RacePlay.coins(seed, c -> 0.3 + 0.05 * c.choice(1)));
      play.toTheEnd();
      for (int round = 2; round <= 4; round++) {
        int before = play.asks().size();
        run.extend(RacePlay.space(9 * round, 6), 1);
        play.toTheEnd();

        int raced =
            play.asks().subList(before, play.asks().size()).stream()
                .filter(ask -> ask.kind() == EvaluationRequest.Kind.MINIBATCH)
                .mapToInt(ask -> ask.examples().size())
                .sum();
        // half of its share of a minibatch and a full evaluation at least
        assertThat(raced).isGreaterThanOrEqualTo((int) (DEFAULTS.budgetFraction() * 235 / 2));
      }
    }
  }

  @Test
  void leavesWhatCompletesLeaderAndBaselineFromItsFirstBlockOn() {
    // many choices, of which the race meets a part
    SearchBudget budget = SearchBudget.ofTrials(20).minibatchSize(35).wholeValset(true);
    for (long seed = 1; seed <= 2; seed++) {
      SearchRun run =
          RacePlay.start(FREE.withBudgetFraction(0.8), budget, RacePlay.space(40, 8), 100, seed);
      RacePlay play =
          new RacePlay(run, RacePlay.coins(seed, c -> 0.3 + 0.05 * c.choice(1))).toTheEnd();

      assertThat(play.best().full()).isTrue();
      assertThat(run.scores().count(Configuration.of(0, 0))).isEqualTo(100);
      // 0.8 of 20 minibatches and 5 full evaluations; a leader of the last block may lack nearly
      // all
      assertThat(play.calls()).isLessThanOrEqualTo(960 + 100);
    }
  }

  @Test
  void endsWhenItsPatienceIsOver() {
    RacePlay.Scores scores =
        RacePlay.coins(1, c -> c.equals(Configuration.of(1, 1)) ? 0.9 : 0.8 + 0.05 * c.choice(0));
    RacingSettings settings = FREE.withBudgetFraction(3);

    SearchRun patient = run(settings, 0);
    SearchRun impatient = run(settings, 2);
    int unlimited = new RacePlay(patient, scores).toTheEnd().calls();
    int limited = new RacePlay(impatient, scores).toTheEnd().calls();

    assertThat(patient.finishReason()).isNotEqualTo(FinishReason.NO_IMPROVEMENT);
    assertThat(impatient.finishReason()).isEqualTo(FinishReason.NO_IMPROVEMENT);
    assertThat(limited).isLessThan(unlimited);
  }

  @Test
  void isAsPatientInEveryRound() {
    RacingSettings settings = FREE.withBudgetFraction(3);
    SearchRun run = run(settings, 2);
    RacePlay play = new RacePlay(run, RacePlay.coins(1, c -> 0.8 + 0.05 * c.choice(0))).toTheEnd();
    int before = play.asks().size();
    assertThat(run.finishReason()).isEqualTo(FinishReason.NO_IMPROVEMENT);

    run.extend(RacePlay.space(3, 6), 10);
    play.toTheEnd();

    // 2 trials of 35 examples are 5 blocks
    assertThat(play.asks().subList(before, play.asks().size()))
        .filteredOn(ask -> ask.kind() == EvaluationRequest.Kind.MINIBATCH)
        .hasSizeGreaterThanOrEqualTo(5);
  }

  private static SearchRun run(RacingSettings settings, int patience) {
    SearchBudget budget =
        SearchBudget.ofTrials(10).minibatchSize(35).fullEvaluationSteps(STEPS).patience(patience);
    return RacePlay.start(settings, budget, RacePlay.space(3, 6), 300, 1);
  }
}
