package dev.hone.optimize.search.racing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.optimize.FinishReason;
import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.ConfigurationSummary;
import dev.hone.optimize.search.Dimension;
import dev.hone.optimize.search.EvaluationRequest;
import dev.hone.optimize.search.EvaluationScores;
import dev.hone.optimize.search.SearchBudget;
import dev.hone.optimize.search.SearchProblem;
import dev.hone.optimize.search.SearchRun;
import dev.hone.optimize.search.SearchSpace;
import dev.hone.optimize.search.racing.model.ExampleOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class RacingSearchTest {
  private static final SearchSpace SPACE = space(3, 6);
  private static final Configuration BASELINE = Configuration.of(0, 0);
  private static final int EXAMPLES = 100;

  @Test
  void findsAClearlyBetterConfigurationAndEndsBeforeItsBudget() {
    Played played =
        play(RacingSettings.DEFAULTS.withBudgetFraction(1), 1, 1, RacingSearchTest::easy);

    assertThat(played.best().configuration()).isEqualTo(Configuration.of(2, 4));
    assertThat(played.run().finishReason()).isEqualTo(FinishReason.NOT_WORTH_MORE);
    assertThat(played.calls()).isLessThan(400);
    assertThat(played.run().confidence().orElseThrow()).isGreaterThan(0.95);
  }

  @Test
  void equalSeedsAndScoresMakeEqualRuns() {
    List<EvaluationRequest> asks =
        play(RacingSettings.DEFAULTS, 4, 7, RacingSearchTest::easy).asks();

    assertThat(play(RacingSettings.DEFAULTS, 4, 7, RacingSearchTest::easy).asks()).isEqualTo(asks);
    assertThat(play(RacingSettings.DEFAULTS, 4, 8, RacingSearchTest::easy).asks())
        .isNotEqualTo(asks);
  }

  @Test
  void everyConfigurationMeetsTheExamplesInOneOrder() {
    RacingSettings settings = RacingSettings.DEFAULTS.withPointsPerThousandTokens(0.0);
    Played played = play(settings, 3, 1, RacingSearchTest::easy);

    Map<Configuration, List<Integer>> met = new HashMap<>();
    for (EvaluationRequest ask : played.asks()) {
      if (ask.kind() == EvaluationRequest.Kind.MINIBATCH) {
        met.computeIfAbsent(ask.configuration(), c -> new ArrayList<>()).addAll(ask.examples());
      }
    }
    List<Integer> longest = met.values().stream().max((a, b) -> a.size() - b.size()).orElseThrow();
    assertThat(met).hasSizeGreaterThan(5);
    assertThat(met.values())
        .allSatisfy(one -> assertThat(longest).startsWith(one.toArray(new Integer[0])));
    assertThat(longest).doesNotHaveDuplicates();
  }

  @Test
  void everyPrefixOfTheOrderHoldsTheStrataInProportion() {
    List<String> strata = new ArrayList<>(Collections.nCopies(80, "many"));
    strata.addAll(Collections.nCopies(20, "few"));
    ExampleOrder order = new ExampleOrder(strata, 10, new SplittableRandom(3));

    for (int block = 1; block < order.blockCount(); block++) {
      long few = order.all().subList(0, 10 * block).stream().filter(e -> e >= 80).count();
      assertThat(few).isBetween(2L * block - 1, 2L * block + 1);
    }
  }

  @Test
  void asksForAsManyDifferentConfigurationsAsAreInFlight() {
    Played played = play(RacingSettings.DEFAULTS, 4, 1, RacingSearchTest::easy);

    for (List<EvaluationRequest> batch : played.batches()) {
      assertThat(batch).hasSizeLessThanOrEqualTo(4);
      assertThat(batch).extracting(EvaluationRequest::configuration).doesNotHaveDuplicates();
    }
    assertThat(played.batches().get(0)).hasSize(4);
    assertThat(played.batches().get(0).get(0).choice())
        .isEqualTo(EvaluationRequest.Choice.BASELINE);
  }

  @Test
  void completesWinnerAndBaselineWhereThatIsAskedFor() {
    RacingSettings settings = RacingSettings.DEFAULTS.withWholeValset(true);
    Played played = play(settings, 1, 1, RacingSearchTest::easy);

    assertThat(played.run().summaries()).element(0).isEqualTo(played.best());
    assertThat(played.run().summaries())
        .filteredOn(ConfigurationSummary::full)
        .extracting(ConfigurationSummary::configuration)
        .contains(BASELINE, played.best().configuration());
  }

  @Test
  void completesTheBaselineHoweverFarBehindItIs() {
    RacingSettings settings = RacingSettings.DEFAULTS.withWholeValset(true);
    for (long seed = 1; seed <= 10; seed++) {
      Played played = play(settings, 2, seed, RacingSearchTest::easy);

      assertThat(played.run().summaries())
          .filteredOn(summary -> summary.configuration().equals(BASELINE))
          .singleElement()
          .matches(ConfigurationSummary::full);
    }
  }

  @Test
  void completesThemWhereTheChoiceAtTheEndNeedsThem() {
    for (long seed = 1; seed <= 5; seed++) {
      SearchBudget budget = SearchBudget.ofTrials(10).minibatchSize(35).trialsInFlight(2);
      List<Played> plays = new ArrayList<>();
      for (boolean needed : new boolean[] {false, true}) {
        SearchRun run =
            new RacingSearch()
                .start(problem(SPACE), budget.wholeValset(needed), new SplittableRandom(seed));
        plays.add(play(run, seed, RacingSearchTest::easy));
      }
      RacingSettings whole = RacingSettings.DEFAULTS.withWholeValset(true);

      assertThat(plays.get(0).run().scores().count(BASELINE)).isLessThan(EXAMPLES);
      assertThat(plays.get(1).run().scores().count(BASELINE)).isEqualTo(EXAMPLES);
      assertThat(plays.get(1).best().full()).isTrue();
      assertThat(plays.get(1).asks())
          .isEqualTo(play(whole, 2, seed, RacingSearchTest::easy).asks());
    }
  }

  @Test
  void saysWhatIsLeftToFind() {
    RacingSettings free = RacingSettings.DEFAULTS.withPointsPerThousandTokens(0.0);
    Played spent = play(free, 1, 1, c -> 0.5);
    Played ended =
        play(RacingSettings.DEFAULTS.withBudgetFraction(1), 1, 1, RacingSearchTest::easy);

    assertThat(start(free, 1, 1, SPACE).notes()).isEmpty();
    assertThat(spent.run().finishReason()).isEqualTo(FinishReason.TRIALS_SPENT);
    assertThat(spent.run().notes())
        .singleElement()
        .asString()
        .matches(
            "By the race's estimate the best of the candidates is better than what is returned by"
                + " 0\\.\\d{3} in expectation; a higher budgetFraction looks for it\\.");
    assertThat(left(spent)).isBetween(0.005, 0.3);
    assertThat(ended.run().notes()).singleElement().asString().endsWith("in expectation.");
    assertThat(left(ended)).isLessThan(left(spent));
  }

  private static double left(Played played) {
    return Double.parseDouble(
        played.run().notes().get(0).replaceAll("[^0-9]*(\\d\\.\\d+).*", "$1"));
  }

  @Test
  void goesOnAsItWouldHaveHadNobodyAskedForItsNotes() {
    List<List<EvaluationRequest>> after = new ArrayList<>();
    for (boolean asked : new boolean[] {false, true}) {
      SearchRun run =
          start(RacingSettings.DEFAULTS.withPointsPerThousandTokens(0.0), 2, 1, space(2, 3));
      play(run, 1, RacingSearchTest::easy);
      if (asked) {
        assertThat(run.notes()).isNotEmpty();
      }
      run.extend(SPACE, 10);
      after.add(play(run, 1, RacingSearchTest::easy).asks());
    }

    assertThat(after.get(1)).isEqualTo(after.get(0)).isNotEmpty();
  }

  @Test
  void keepsToItsBudgetWhenItNeedNotComplete() {
    RacingSettings settings =
        RacingSettings.DEFAULTS.withPointsPerThousandTokens(0.0).withBudgetFraction(0.2);

    Played played = play(settings, 1, 1, c -> c.equals(BASELINE) ? 0.2 : 0.5);

    assertThat(played.run().finishReason()).isEqualTo(FinishReason.TRIALS_SPENT);
    assertThat(played.calls()).isBetween(130, 144);
  }

  @Test
  void choosesAsWellWhereAFifthOfTheScoresIsMissing() {
    SplittableRandom failures = new SplittableRandom(9);

    Played played =
        play(
            start(RacingSettings.DEFAULTS, 2, 1, SPACE),
            1,
            c -> failures.nextInt(5) == 0 ? Double.NaN : easy(c));

    assertThat(easy(played.best().configuration())).isGreaterThan(0.7);
  }

  @Test
  void endsWithTheBaselineWhenNoScoreEverComes() {
    Played played = play(RacingSettings.DEFAULTS, 2, 1, c -> Double.NaN);

    assertThat(played.best().configuration()).isEqualTo(BASELINE);
    assertThat(played.best().examples()).isZero();
  }

  @Test
  void takesCandidatesThatArriveAfterTheEnd() {
    SearchRun run = start(RacingSettings.DEFAULTS, 1, 1, space(2, 3));
    play(run, 1, RacingSearchTest::easy);

    run.extend(SPACE, 10);
    Played played = play(run, 1, RacingSearchTest::easy);

    assertThat(played.asks()).isNotEmpty();
    assertThat(played.best().configuration()).isEqualTo(Configuration.of(2, 4));
  }

  @Test
  void racesInASpaceOfManyThousands() {
    SearchSpace large = space(20, 20, 20, 20);
    ToDoubleFunction<Configuration> truth =
        c -> 0.2 + 0.2 * c.choices().stream().filter(choice -> choice == 7).count();

    SearchRun run = start(RacingSettings.DEFAULTS.withBudgetFraction(1), 2, 1, large);
    Played played = play(run, 1, truth);

    assertThat(truth.applyAsDouble(played.best().configuration())).isGreaterThanOrEqualTo(0.6);
  }

  @Test
  void endsAtTheTargetScore() {
    SearchBudget budget = SearchBudget.ofTrials(10).minibatchSize(35).targetScore(0.8);
    SearchRun run = new RacingSearch().start(problem(SPACE), budget, new SplittableRandom(1));

    Played played = play(run, 1, c -> c.equals(BASELINE) ? 0.3 : 0.95);

    assertThat(run.finishReason()).isEqualTo(FinishReason.TARGET_REACHED);
    assertThat(played.best().scoreMean()).isGreaterThanOrEqualTo(0.8);
  }

  @Test
  void aSpaceOfOneConfigurationCostsABlockOrOneEvaluationOfTheBaseline() {
    SearchSpace one = new SearchSpace(List.of());
    RacingSettings whole = RacingSettings.DEFAULTS.withWholeValset(true);

    Played block = play(start(RacingSettings.DEFAULTS, 1, 1, one), 1, c -> 0.5);
    Played all = play(start(whole, 1, 1, one), 1, c -> 0.5);

    assertThat(block.calls()).isEqualTo(ExampleOrder.blockSize(EXAMPLES, null));
    assertThat(all.calls()).isEqualTo(EXAMPLES);
    assertThat(all.best().full()).isTrue();
  }

  @Test
  void saysWhatIsWrongWithASetting() {
    RacingSearch search = RacingSearch.defaults();

    assertThatThrownBy(() -> search.blockSize(0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("blockSize (0) is less than 1. Maybe raise it to 1.");
    assertThatThrownBy(() -> search.pointsPerThousandTokens(-0.1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("pointsPerThousandTokens (-0.1) is less than 0. Maybe use 0.01.");
    assertThatThrownBy(() -> search.budgetFraction(0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "budgetFraction (0.0) is not over 0. Maybe use %s.", RacingSettings.BUDGET_FRACTION);
  }

  @Test
  void holdsItsSettings() {
    RacingSearch search =
        RacingSearch.defaults()
            .blockSize(5)
            .pointsPerThousandTokens(0.1)
            .budgetFraction(0.5)
            .wholeValset(true);

    assertThat(search.toJson().toString())
        .isEqualTo(
            "{\"name\":\"racing\",\"blockSize\":5,\"pointsPerThousandTokens\":0.1,"
                + "\"budgetFraction\":0.5,\"wholeValset\":true}");
    assertThat(search.pointsPerThousandTokens()).hasValue(0.1);
    assertThat(search.blockSize()).hasValue(5);
    assertThat(RacingSearch.defaults().pointsPerThousandTokens()).isEmpty();
    assertThat(RacingSearch.defaults().blockSize()).isEmpty();
    assertThat(search).isNotEqualTo(RacingSearch.defaults());
    assertThat(RacingSearch.defaults())
        .isEqualTo(new RacingSearch())
        .hasSameHashCodeAs(new RacingSearch());
  }

  private static double easy(Configuration c) {
    return 0.3 + (c.choice(0) == 2 ? 0.3 : 0) + (c.choice(1) == 4 ? 0.35 : 0);
  }

  private record Played(SearchRun run, List<List<EvaluationRequest>> batches, int calls) {
    List<EvaluationRequest> asks() {
      return batches.stream().flatMap(List::stream).toList();
    }

    ConfigurationSummary best() {
      return run.best().orElseThrow();
    }
  }

  private static Played play(
      RacingSettings settings, int inFlight, long seed, ToDoubleFunction<Configuration> truth) {
    return play(start(settings, inFlight, seed, SPACE), seed, truth);
  }

  /**
   * Outcomes are 1 with the probability that the truth says, 0 otherwise; missing where it is NaN.
   */
  private static Played play(SearchRun run, long seed, ToDoubleFunction<Configuration> truth) {
    List<List<EvaluationRequest>> batches = new ArrayList<>();
    Set<List<Object>> distinct = new HashSet<>();
    for (List<EvaluationRequest> asks = run.ask(); !asks.isEmpty(); asks = run.ask()) {
      batches.add(asks);
      List<EvaluationScores> results = new ArrayList<>();
      for (EvaluationRequest ask : asks) {
        List<OptionalDouble> scores = new ArrayList<>();
        for (int example : ask.examples()) {
          distinct.add(List.of(ask.configuration(), example));
          double probability = truth.applyAsDouble(ask.configuration());
          long key = seed * 1_000_003 + ask.configuration().hashCode() * 10_007L + example;
          double outcome = new SplittableRandom(key).nextDouble() < probability ? 1 : 0;
          scores.add(
              Double.isNaN(probability) ? OptionalDouble.empty() : OptionalDouble.of(outcome));
        }
        results.add(new EvaluationScores(ask, scores));
      }
      run.tell(results);
    }
    return new Played(run, batches, distinct.size());
  }

  private static SearchRun start(
      RacingSettings settings, int inFlight, long seed, SearchSpace space) {
    SearchBudget budget = SearchBudget.ofTrials(10).minibatchSize(35).trialsInFlight(inFlight);
    return new RacingSearch(settings).start(problem(space), budget, new SplittableRandom(seed));
  }

  private static SearchProblem problem(SearchSpace space) {
    return SearchProblem.of(space, space.at(0), EXAMPLES);
  }

  private static SearchSpace space(int... choices) {
    List<Dimension> dimensions = new ArrayList<>();
    for (int d = 0; d < choices.length; d++) {
      Dimension.Part part = d % 2 == 0 ? Dimension.Part.INSTRUCTIONS : Dimension.Part.DEMOS;
      dimensions.add(new Dimension("p" + d / 2, part, choices[d]));
    }
    return new SearchSpace(dimensions);
  }
}
