package dev.hone.agents.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.agents.rollout.Draws.Answer;
import dev.hone.agents.rollout.Draws.Question;
import dev.hone.testkit.ScriptedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class MajorityTest {
  private static Rollouts<Answer> run(int threads, String... answers) {
    ScriptedModel model = Draws.byPlace(place -> answers[place]);
    Majority<Question, Answer> majority =
        Majority.of(Draws.answerer(), answers.length, out -> out.answer().toLowerCase(Locale.ROOT));
    return Draws.context(model, threads).call(() -> majority.rollouts(Draws.ANY));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 16})
  void returnsTheFirstOutputThatVotedForTheWinner(int threads) {
    for (int i = 0; i < 20; i++) {
      Rollouts<Answer> rollouts = run(threads, "red", "Blue", "green", "blue", "red", "BLUE", "x");

      assertThat(rollouts.output()).isEqualTo(new Answer("Blue"));
      assertThat(rollouts.all()).hasSize(7);
      assertThat(rollouts.all().get(5).vote()).contains("blue");
      assertThat(rollouts.all().get(5).reward()).isEmpty();
    }
  }

  @Test
  void tiesGoToTheValueThatCameFirst() {
    assertThat(run(1, "a", "b", "b", "a").output()).isEqualTo(new Answer("a"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 16})
  void endsOnceNoFurtherVoteCanChangeTheWinner(int threads) {
    Rollouts<Answer> rollouts = run(threads, "a", "b", "a", "a", "c", "d");

    assertThat(rollouts.all()).hasSize(4);
    assertThat(rollouts.end()).isEqualTo(Rollouts.End.SETTLED);
    assertThat(run(1, "a", "a", "b").all()).hasSize(2);
    assertThat(run(1, "a", "a", "b", "b").all()).as("a came first").hasSize(2);
    assertThat(run(1, "b", "a", "a", "c").all()).as("b may still tie").hasSize(4);
  }

  @Test
  void anAttemptThatFailsHasNoVote() {
    ScriptedModel model =
        ScriptedModel.answering(r -> Draws.place(r) < 2 ? "mumble" : Draws.filled(r, f -> "b"));

    Rollouts<Answer> rollouts =
        Draws.context(model, 1).call(() -> Majority.of(Draws.answerer(), 3).rollouts(Draws.ANY));

    assertThat(rollouts.output()).isEqualTo(new Answer("b"));
    assertThat(rollouts.all().subList(0, 2)).allMatch(a -> a.failure().isPresent());
  }

  @Test
  void aVoteThatIsANumberIsNoReward() {
    ScriptedModel model = Draws.byPlace(place -> "" + place);

    Rollouts<Answer> rollouts =
        Draws.context(model, 1)
            .call(() -> Majority.of(Draws.answerer(), 2, o -> 7.0).rollouts(Draws.ANY));

    assertThat(rollouts.all().get(0).vote()).contains(7.0);
    assertThat(rollouts.all().get(0).reward()).isEmpty();
    assertThat(List.of(rollouts.output())).containsExactly(new Answer("0"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void eachRolloutIsCountedOnce(int threads) {
    ScriptedModel model = Draws.byPlace(place -> "a" + place);
    List<Integer> asked = new ArrayList<>();
    ParallelRollouts.Choice<Answer> choice =
        new ParallelRollouts.Choice<>() {
          @Override
          public boolean isDecidedWith(Rollout<Answer> next, int left) {
            asked.add(next.index());
            return left == 2;
          }
        };

    Draws.context(model, threads)
        .run(
            () ->
                new ParallelRollouts<>(
                        new RolloutMaker<>(Draws.answerer(), Draws.ANY, RolloutMaker.Judge.none()),
                        Drawing.of("n", 9),
                        choice)
                    .tracked());

    assertThat(asked).as("not all of those before again").containsExactly(0, 1, 2, 3, 4, 5, 6);
  }
}
