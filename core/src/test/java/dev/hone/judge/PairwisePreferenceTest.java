package dev.hone.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.judge.PairwisePreference.Answers;
import dev.hone.judge.PairwisePreference.Preference;
import dev.hone.judge.PairwisePreference.Verdict;
import dev.hone.lm.FakeModel;
import org.junit.jupiter.api.Test;

class PairwisePreferenceTest {
  private static Verdict judge(FakeModel model, String first, String second) {
    return model
        .context()
        .call(() -> new PairwisePreference().run(new Answers("How long?", first, second)));
  }

  private static FakeModel saying(String better) {
    return FakeModel.saying(FakeModel.chat("reasons", "because", "better", better));
  }

  @Test
  void aJudgeThatPrefersAPlaceGivesTies() {
    for (String place : new String[] {"FIRST", "SECOND"}) {
      FakeModel biased = saying(place);

      Verdict verdict = judge(biased, "two years", "three years");

      assertThat(verdict.preference()).isEqualTo(Preference.TIE);
      assertThat(verdict.isConsistent()).isFalse();
      assertThat(verdict.scoreOfFirst()).isEqualTo(0.5);
      assertThat(biased.calls()).isEqualTo(2);
    }
  }

  @Test
  void aPreferenceThatSurvivesTheSwapCounts() {
    FakeModel preferringTwo =
        FakeModel.answeringLast(
            prompt ->
                FakeModel.chat(
                    "reasons",
                    "it is right",
                    "better",
                    RuleJudge.field(prompt, "first").equals("two years") ? "FIRST" : "SECOND"));

    Verdict first = judge(preferringTwo, "two years", "three years");
    Verdict second = judge(preferringTwo, "three years", "two years");

    assertThat(first).isEqualTo(new Verdict(Preference.FIRST, Preference.FIRST, "it is right"));
    assertThat(first.scoreOfFirst()).isEqualTo(1);
    assertThat(second.preference()).isEqualTo(Preference.SECOND);
    assertThat(second.scoreOfFirst()).isZero();
    assertThat(preferringTwo.calls()).as("the swap of a pair is the other pair").isEqualTo(2);
  }

  @Test
  void tiesStayTies() {
    assertThat(judge(saying("TIE"), "two", "2").isConsistent()).isTrue();
    assertThat(Preference.TIE.swapped()).isEqualTo(Preference.TIE);
    assertThat(Preference.FIRST.swapped()).isEqualTo(Preference.SECOND);
    assertThat(Preference.SECOND.swapped()).isEqualTo(Preference.FIRST);
  }

  @Test
  void equalAnswersCostNoCall() {
    FakeModel model = saying("FIRST");

    assertThat(judge(model, "two years", "two years ").preference()).isEqualTo(Preference.TIE);
    assertThat(model.calls()).isZero();
  }
}
