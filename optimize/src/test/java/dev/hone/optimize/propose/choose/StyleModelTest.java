package dev.hone.optimize.propose.choose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.optimize.candidate.ProposalGain;
import dev.hone.optimize.candidate.ProposalMemory.Run;
import dev.hone.optimize.candidate.ProposalStyle;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class StyleModelTest {
  private static final ProposalLearning.Styles STYLES =
      new ProposalLearning.Styles(
          List.of("a", "b"), List.of("x", "y"), List.of("1", "2", "3"), List.of(0.5, 1.0));

  private static int draws(StyleModel model, int count, String tip) {
    SplittableRandom random = new SplittableRandom(7);
    int drawn = 0;
    for (int i = 0; i < count; i++) {
      drawn += model.draw(STYLES, new HashSet<>(), random).tip().equals(tip) ? 1 : 0;
    }
    return drawn;
  }

  /** Gains of all styles: of model b 0.2 more, of tip 2 0.5 more, with noise and a level. */
  private static Run run(double level, double noise, SplittableRandom random) {
    List<ProposalGain> gains = new ArrayList<>();
    for (String model : STYLES.promptModels()) {
      for (String template : STYLES.templates()) {
        for (String tip : STYLES.tips()) {
          double gain =
              level
                  + (model.equals("b") ? 0.2 : 0)
                  + (tip.equals("2") ? 0.5 : 0)
                  + noise * random.nextGaussian();
          gains.add(new ProposalGain(new ProposalStyle(model, template, tip, 1.0), gain, 40));
        }
      }
    }
    return new Run("p", gains);
  }

  @Test
  void drawsAlikeWhereNothingIsKnown() {
    StyleModel model = StyleModel.of(List.of(), List.of());

    for (String tip : STYLES.tips()) {
      assertThat(draws(model, 3000, tip)).isBetween(880, 1120);
    }
  }

  @Test
  void findsTheEffectsWhateverTheLevelOfARun() {
    SplittableRandom random = new SplittableRandom(1);
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      runs.add(run(i % 2 == 0 ? 2 : -2, 0.3, random));
    }

    StyleModel model = StyleModel.of(runs, List.of());

    assertThat(model.effect("tip 2") - model.effect("tip 1")).isCloseTo(0.5, Offset.offset(0.1));
    assertThat(model.effect("tip 3") - model.effect("tip 1")).isCloseTo(0, Offset.offset(0.1));
    assertThat(model.effect("model b") - model.effect("model a"))
        .isCloseTo(0.2, Offset.offset(0.1));
    assertThat(draws(model, 1000, "2")).isGreaterThan(950);
  }

  @Test
  void oneLuckyRunDoesNotEndTheSearch() {
    Run lucky = run(0, 0, new SplittableRandom(1));
    List<ProposalGain> few = lucky.gains().subList(0, 3);

    StyleModel model = StyleModel.of(List.of(), few);

    assertThat(draws(model, 1000, "2")).isBetween(400, 900);
    assertThat(draws(model, 1000, "1")).isGreaterThan(50);
  }

  @Test
  void aDrawOfStylesIsAFunctionOfTheirNumbers() {
    Run run = run(0, 0.3, new SplittableRandom(3));
    StyleModel model = StyleModel.of(List.of(run), List.of());

    ProposalStyle once = model.draw(STYLES, new HashSet<>(), new SplittableRandom(5));

    assertThat(
            StyleModel.of(List.of(run), List.of())
                .draw(STYLES, new HashSet<>(), new SplittableRandom(5)))
        .isEqualTo(once);
  }

  @Test
  void drawsNothingTwiceUntilAllWasDrawn() {
    StyleModel model = StyleModel.of(List.of(run(0, 0, new SplittableRandom(3))), List.of());
    SplittableRandom random = new SplittableRandom(5);
    Set<List<String>> used = new HashSet<>();

    for (int i = 1; i <= 12; i++) {
      model.draw(STYLES, used, random);
      assertThat(used).hasSize(i);
    }
  }
}
