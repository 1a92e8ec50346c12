package dev.hone.optimize.search.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.optimize.FinishReason;
import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.EvaluationRequest;
import dev.hone.optimize.search.Play;
import dev.hone.optimize.search.Search;
import dev.hone.optimize.search.SearchBudget;
import dev.hone.optimize.search.SearchProblem;
import dev.hone.optimize.search.SearchRun;
import dev.hone.optimize.search.tpe.TpeSearch;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampledRunTest {
  private static final Play.Surface NOISY = Play.Surface.noisy(1, c -> 0.1 + c.choice(0) * 0.1);

  @Test
  void triesNoConfigurationTwiceWhileOthersAreLeft() {
    for (Search search : List.of(Search.tpe(), Search.random())) {
      for (int seed = 0; seed < 30; seed++) {
        Play play =
            Play.of(
                search, Play.problem(Play.space(5, 7), 60), Play.budget(33, 20, 5, 4), seed, NOISY);

        assertThat(play.trials()).hasSize(33);
        assertThat(play.trials())
            .extracting(EvaluationRequest::configuration)
            .doesNotHaveDuplicates();
        assertThat(play.trials())
            .noneMatch(ask -> ask.choice() == EvaluationRequest.Choice.ENUMERATED);
        assertThat(play.run.finishReason()).isEqualTo(FinishReason.TRIALS_SPENT);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 20})
  void enumeratesASpaceThatFitsIntoTheBudget(int instructions) {
    for (Integer minibatchSize : new Integer[] {null, 10}) {
      for (int trialsInFlight = 1; trialsInFlight < 8; trialsInFlight++) {
        Play play =
            Play.of(
                Search.tpe(),
                Play.problem(Play.space(instructions), 30),
                Play.budget(20, minibatchSize, 2, trialsInFlight),
                NOISY);

        assertThat(play.asks().get(0).configuration()).isEqualTo(Configuration.of(0));
        assertThat(play.trials())
            .hasSize(instructions - 1)
            .allMatch(ask -> ask.choice() == EvaluationRequest.Choice.ENUMERATED);
        assertThat(play.run.summaries()).hasSize(instructions);
        assertThat(play.run.best()).isPresent();
        assertThat(play.run.finishReason()).isEqualTo(FinishReason.SPACE_EXHAUSTED);
      }
    }
  }

  @Test
  void enumeratesInAnOrderThatFollowsFromTheSeed() {
    List<Configuration> first = enumerated(1);

    assertThat(enumerated(1)).isEqualTo(first);
    assertThat(enumerated(2)).isNotEqualTo(first).containsExactlyInAnyOrderElementsOf(first);
  }

  private static List<Configuration> enumerated(long seed) {
    SearchProblem problem = Play.problem(Play.space(4, 5), 30);
    return Play.of(Search.random(), problem, Play.budget(20, 10, 5, 4), seed, NOISY)
        .trials()
        .stream()
        .map(EvaluationRequest::configuration)
        .toList();
  }

  @Test
  void solvesASpaceWithoutDimensions() {
    Play play =
        Play.of(Search.tpe(), Play.problem(Play.space(), 5), Play.budget(9, 2, 5, 4), NOISY1);

    assertThat(play.asks()).hasSize(1);
    assertThat(play.run.finishReason()).isEqualTo(FinishReason.SPACE_EXHAUSTED);
  }

  private static final Play.Surface NOISY1 = Play.Surface.noisy(1, c -> 0.5);

  @Test
  void repeatsItselfWithTheSameSeedAndDiffersWithAnother() {
    for (Search search : List.of(Search.tpe(), Search.random())) {
      SearchProblem problem = Play.problem(Play.space(7, 13, 7), 60);
      SearchBudget budget = Play.budget(30, 20, 5, 4);

      List<EvaluationRequest> first = Play.of(search, problem, budget, 1, NOISY).asks();

      assertThat(Play.of(search, problem, budget, 1, NOISY).asks()).isEqualTo(first);
      assertThat(Play.of(search, problem, budget, 2, NOISY).asks()).isNotEqualTo(first);
    }
  }

  @Test
  void takesAnyRandomGenerator() {
    SearchProblem problem = Play.problem(Play.space(7, 13), 60);
    SearchRun run = Search.tpe().start(problem, Play.budget(10, 20, 5, 4), new Random(3));

    Play play = new Play(run, NOISY).toEnd();

    assertThat(play.trials()).hasSize(10);
  }

  @Test
  void endsWhenAFullEvaluationReachesTheTarget() {
    SearchBudget budget =
        SearchBudget.ofTrials(60).minibatchSize(20).trialsInFlight(4).targetScore(0.55);

    Play play =
        Play.of(
            Search.tpe(),
            Play.problem(Play.space(7, 13), 60),
            budget,
            Play.Surface.exact(c -> c.choice(0) / 10.0));

    assertThat(play.run.finishReason()).isEqualTo(FinishReason.TARGET_REACHED);
    assertThat(play.run.best().orElseThrow().scoreMean()).isEqualTo(0.6);
    assertThat(play.trials()).hasSizeLessThan(60);
    assertThat(play.asks().get(play.asks().size() - 1).choice())
        .isEqualTo(EvaluationRequest.Choice.PROMOTED);
  }

  @Test
  void endsAtOnceWhenTheBaselineReachesTheTarget() {
    SearchBudget budget =
        SearchBudget.ofTrials(60).minibatchSize(20).trialsInFlight(4).targetScore(0.5);

    Play play = Play.of(Search.tpe(), problem(), budget, Play.Surface.exact(c -> 0.5));

    assertThat(play.asks()).hasSize(1);
    assertThat(play.run.finishReason()).isEqualTo(FinishReason.TARGET_REACHED);
  }

  @Test
  void endsWhenNoTrialIsBetterForAsLongAsItHasPatience() {
    SearchBudget budget =
        SearchBudget.ofTrials(60)
            .minibatchSize(20)
            .fullEvaluationSteps(100)
            .trialsInFlight(2)
            .patience(6);

    Play play = Play.of(Search.tpe(), problem(), budget, Play.Surface.exact(c -> 0.5));

    assertThat(play.trials()).hasSize(6);
    assertThat(play.promoted()).hasSize(1);
    assertThat(play.run.finishReason()).isEqualTo(FinishReason.NO_IMPROVEMENT);
  }

  @Test
  void goesOnWhenItIsExtended() {
    SearchRun run =
        Search.tpe()
            .start(
                Play.problem(Play.space(3, 1), 60),
                Play.budget(4, 20, 5, 2),
                new SplittableRandom(1));
    Play play = new Play(run, Play.Surface.exact(c -> 0.1 * c.choice(0) + 0.05 * c.choice(1)));
    play.toEnd();
    assertThat(run.finishReason()).isEqualTo(FinishReason.SPACE_EXHAUSTED);

    run.extend(Play.space(9, 8), 40);

    assertThat(run.finishReason()).isEqualTo(FinishReason.RUNNING);
    play.toEnd();
    assertThat(run.finishReason()).isEqualTo(FinishReason.TRIALS_SPENT);
    assertThat(play.trials())
        .hasSize(44)
        .extracting(EvaluationRequest::configuration)
        .doesNotHaveDuplicates();
    assertThat(play.trials())
        .filteredOn(ask -> ask.choice() == EvaluationRequest.Choice.GUIDED)
        .isNotEmpty();
    assertThat(run.best().orElseThrow().scoreMean()).isGreaterThan(0.9);
  }

  @Test
  void isExtendedBetweenTwoBatches() {
    SearchRun run =
        Search.tpe().start(problem(), Play.budget(12, 20, 5, 4), new SplittableRandom(1));
    Play play = new Play(run, NOISY);
    for (int i = 0; i < 3; i++) {
      play.step();
    }

    run.extend(Play.space(20, 20), 8);

    assertThat(play.toEnd().trials()).hasSize(20);
    assertThat(play.trials()).anyMatch(ask -> ask.configuration().choice(0) > 6);
  }

  @Test
  void triesEveryNewCandidateInTheFirstTrialsAfterItIsExtended() {
    for (Search search : List.of(Search.tpe(), Search.random())) {
      for (int seed = 0; seed < 20; seed++) {
        SearchRun run =
            search.start(
                Play.problem(Play.space(3, 6, 3), 60),
                Play.budget(8, 20, 5, 4),
                new SplittableRandom(seed));
        Play play = new Play(run, NOISY).toEnd();
        run.extend(Play.space(9, 8, 6), 10);

        List<Configuration> next =
            play.toEnd().trials().stream()
                .skip(8)
                .limit(6)
                .map(EvaluationRequest::configuration)
                .toList();

        assertThat(next).extracting(c -> c.choice(0)).containsExactly(3, 4, 5, 6, 7, 8);
        assertThat(next).extracting(c -> c.choice(1)).startsWith(6, 7);
        assertThat(next).extracting(c -> c.choice(2)).startsWith(3, 4, 5);
        assertThat(play.trials())
            .extracting(EvaluationRequest::configuration)
            .doesNotHaveDuplicates();
      }
    }
  }

  @Test
  void triesAsManyNewCandidatesAsThereAreTrials() {
    SearchRun run =
        Search.tpe()
            .start(
                Play.problem(Play.space(3, 6), 60),
                Play.budget(8, 20, 5, 3),
                new SplittableRandom(1));
    Play play = new Play(run, NOISY).toEnd();
    run.extend(Play.space(9, 6), 4);

    assertThat(play.toEnd().trials().stream().skip(8).map(ask -> ask.configuration().choice(0)))
        .containsExactly(3, 4, 5, 6);
  }

  @Test
  void refusesASmallerSpace() {
    SearchRun run =
        Search.tpe().start(problem(), Play.budget(12, 20, 5, 4), new SplittableRandom(1));

    assertThatThrownBy(() -> run.extend(Play.space(6, 13), 8))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> run.extend(Play.space(7, 13, 2), 8))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> run.extend(Play.space(7, 13), -1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("Maybe");
  }

  @Test
  void refusesToBeAskedTwiceOrToldSomethingElse() {
    SearchRun run =
        Search.tpe().start(problem(), Play.budget(12, 20, 5, 4), new SplittableRandom(1));
    run.ask();

    assertThatThrownBy(run::ask).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> run.tell(List.of())).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void knowsItsNames() {
    assertThat(Search.tpe().name()).isEqualTo("tpe");
    assertThat(Search.random().name()).isEqualTo("random");
    assertThat(Search.tpe()).isEqualTo(TpeSearch.defaults());
  }

  private static SearchProblem problem() {
    return Play.problem(Play.space(7, 13), 60);
  }
}
