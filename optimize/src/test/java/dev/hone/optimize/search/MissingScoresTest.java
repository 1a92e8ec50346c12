package dev.hone.optimize.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.optimize.FinishReason;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MissingScoresTest {
  @Test
  void keepsAnIncompleteTrialFromTheStandingsAndMayTryItAgain() {
    Set<Configuration> failedOnce = new HashSet<>();
    Play.Surface surface =
        (ask, example) -> {
          boolean fails =
              Play.isTrial(ask)
                  && example == ask.examples().get(0)
                  && failedOnce.add(ask.configuration());
          return fails ? OptionalDouble.empty() : OptionalDouble.of(0.5);
        };

    Play play =
        Play.of(
            Search.tpe(), Play.problem(Play.space(4), 40), Play.budget(20, 10, 100, 2), surface);

    assertThat(failedOnce).hasSize(3);
    assertThat(play.trials()).hasSize(6);
    assertThat(play.trials().subList(0, 3)).doesNotHaveDuplicates();
    assertThat(play.run.summaries()).hasSize(4);
    assertThat(play.run.finishReason()).isEqualTo(FinishReason.SPACE_EXHAUSTED);
  }

  @Test
  void isGuidedAsIfIncompleteTrialsHadNotBeen() {
    Play.Surface down =
        (ask, example) ->
            Play.isTrial(ask) && example % 2 == 0 ? OptionalDouble.empty() : OptionalDouble.of(1);

    Play play =
        Play.of(Search.tpe(), Play.problem(Play.space(7, 13), 40), Play.budget(30, 10, 5, 4), down);

    assertThat(play.trials())
        .hasSize(30)
        .allMatch(ask -> ask.choice() == EvaluationRequest.Choice.RANDOM);
    assertThat(play.promoted()).isEmpty();
    assertThat(play.run.summaries()).hasSize(1);
    assertThat(play.run.finishReason()).isEqualTo(FinishReason.TRIALS_SPENT);
  }

  @Test
  void neverCrownsAConfigurationWhoseFullEvaluationIsIncomplete() {
    Play.Surface surface =
        (ask, example) ->
            ask.choice() == EvaluationRequest.Choice.PROMOTED && example == 7
                ? OptionalDouble.empty()
                : OptionalDouble.of(ask.choice() == EvaluationRequest.Choice.BASELINE ? 0.1 : 0.9);

    Play play =
        Play.of(
            Search.random(), Play.problem(Play.space(50), 40), Play.budget(10, 10, 5, 4), surface);

    Map<Configuration, Integer> promotions = new HashMap<>();
    play.promoted().forEach(ask -> promotions.merge(ask.configuration(), 1, Integer::sum));
    ConfigurationSummary best = play.run.best().orElseThrow();
    // Those whose minibatch had example 7 are known on all examples.
    assertThat(best.full()).isTrue();
    assertThat(promotions.values()).allMatch(times -> times <= 2).contains(2);
    // As the report counts: the baseline is trial 1.
    List<String> ofIncompleteOnes =
        play.promoted().stream()
            .map(ask -> "Trial %d, a full evaluation".formatted(ask.trial() + 1))
            .toList();
    assertThat(play.run.notes())
        .filteredOn(note -> note.contains("given up"))
        .isNotEmpty()
        .allMatch(note -> ofIncompleteOnes.stream().anyMatch(note::startsWith));
  }

  @Test
  void completesAFullEvaluationAtTheSecondAttempt() {
    Set<Integer> failedOnce = new HashSet<>();
    Play.Surface surface =
        (ask, example) ->
            ask.kind() == EvaluationRequest.Kind.FULL && example > 30 && failedOnce.add(example)
                ? OptionalDouble.empty()
                : OptionalDouble.of(0.5);

    Play play =
        Play.of(
            Search.random(), Play.problem(Play.space(50), 40), Play.budget(10, 10, 5, 4), surface);

    assertThat(play.asks().subList(0, 2))
        .allMatch(
            ask ->
                ask.choice() == EvaluationRequest.Choice.BASELINE && ask.examples().size() == 40);
    assertThat(play.run.best().orElseThrow().examples()).isEqualTo(40);
    assertThat(play.run.notes()).noneMatch(note -> note.contains("left out"));
  }

  @Test
  void leavesOutExamplesThatTheBaselineNeverHasAScoreOn() {
    Play.Surface surface =
        (ask, example) ->
            example == 3 || example == 4
                ? OptionalDouble.empty()
                : OptionalDouble.of(ask.configuration().choice(0) / 100.0);

    Play play =
        Play.of(Search.tpe(), Play.problem(Play.space(50), 40), Play.budget(10, 10, 5, 4), surface);

    assertThat(play.trials()).allMatch(ask -> ask.examples().stream().noneMatch(e -> e == 3));
    assertThat(play.promoted()).isNotEmpty().allMatch(ask -> ask.examples().size() == 38);
    assertThat(play.run.best().orElseThrow().scoreMean()).isPositive();
    assertThat(play.run.notes())
        .contains(
            "The baseline has no score on 2 of 40 examples after two attempts; they are left out");
  }

  @Test
  void endsWhenNothingEverGetsAScore() {
    Play play =
        Play.of(
            Search.tpe(),
            Play.problem(Play.space(2), 40),
            Play.budget(10, 10, 5, 4),
            (ask, example) -> OptionalDouble.empty());

    assertThat(play.trials()).hasSize(10);
    assertThat(play.run.best()).isEmpty();
    assertThat(play.run.finishReason()).isEqualTo(FinishReason.TRIALS_SPENT);
  }

  @Test
  void evaluatesTheBaselineLaterIfTheModelWasOutOfReachAtFirst() {
    int[] evaluations = new int[1];
    Play.Surface downAtFirst =
        (ask, example) -> {
          evaluations[0]++;
          return evaluations[0] <= 80 ? OptionalDouble.empty() : OptionalDouble.of(0.5);
        };

    Play play =
        Play.of(
            Search.tpe(), Play.problem(Play.space(4), 40), Play.budget(10, 10, 2, 2), downAtFirst);

    assertThat(play.run.summaries()).hasSize(4);
    assertThat(play.run.best().orElseThrow().examples()).isEqualTo(40);
    assertThat(play.run.finishReason()).isEqualTo(FinishReason.SPACE_EXHAUSTED);
  }
}
