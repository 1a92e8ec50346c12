package dev.hone.optimize.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.json.Json;
import dev.hone.prompt.Demo;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class DemoOrderTest {
  private static final int SEEDS = 200;
  private static final Set<DemoChoice> COVERING =
      EnumSet.complementOf(EnumSet.of(DemoChoice.RANDOM));

  private static Demo demo(String text, String label) {
    ObjectNode outputs = Json.object();
    return new Demo(
        Json.object().put("text", text),
        label.isEmpty() ? outputs : outputs.put("label", label),
        Demo.Origin.LABELED,
        text);
  }

  /** A number of demos per label, each with words of its own. */
  private static List<Demo> demos(int... perLabel) {
    List<Demo> demos = new ArrayList<>();
    for (int label = 0; label < perLabel.length; label++) {
      for (int i = 0; i < perLabel[label]; i++) {
        demos.add(demo("word" + label + " own" + label + "x" + i, "L" + label));
      }
    }
    return demos;
  }

  private static List<Demo> choose(DemoChoice choice, List<Demo> demos, int count, long seed) {
    return DemoOrder.choose(choice, List.of(), demos, count, new SplittableRandom(seed));
  }

  private static long with(List<Demo> demos, String label) {
    return demos.stream().filter(d -> d.outputs().path("label").asString("").equals(label)).count();
  }

  @Test
  void holdsEveryLabelInProportionForEverySeed() {
    List<Demo> demos = demos(24, 12, 6, 6);

    for (long seed = 0; seed < SEEDS; seed++) {
      for (DemoChoice choice : EnumSet.of(DemoChoice.REPRESENTATIVE, DemoChoice.VARIED)) {
        List<Demo> chosen = choose(choice, demos, 8, seed);

        assertThat(List.of(with(chosen, "L0"), with(chosen, "L1"))).containsExactly(4L, 2L);
        assertThat(List.of(with(chosen, "L2"), with(chosen, "L3"))).containsExactly(1L, 1L);
      }
    }
  }

  @Test
  void everyBeginningOfASetIsWithinOneOfTheProportion() {
    List<Demo> demos = demos(12, 12, 12, 12, 12);

    for (long seed = 0; seed < SEEDS; seed++) {
      for (DemoChoice choice : EnumSet.of(DemoChoice.REPRESENTATIVE, DemoChoice.VARIED)) {
        List<Demo> chosen = choose(choice, demos, 17, seed);

        for (int size = 1; size <= chosen.size(); size++) {
          for (int label = 0; label < 5; label++) {
            assertThat((double) with(chosen.subList(0, size), "L" + label))
                .isBetween(size / 5.0 - 1, size / 5.0 + 1);
          }
        }
      }
    }
  }

  @Test
  void keepsRoomForARareLabel() {
    List<Demo> demos = demos(60, 30, 1);

    for (long seed = 0; seed < SEEDS; seed++) {
      assertThat(with(choose(DemoChoice.REPRESENTATIVE, demos, 4, seed), "L2")).isEqualTo(1);
      assertThat(with(choose(DemoChoice.VARIED, demos, 4, seed), "L2")).isEqualTo(1);
    }
  }

  @Test
  void countsTheLabelsOfTheDemosThatASetHasAlready() {
    List<Demo> all = demos(20, 20);
    List<Demo> shown = all.subList(0, 3);

    for (DemoChoice choice : COVERING) {
      List<Demo> chosen =
          DemoOrder.choose(choice, shown, all.subList(3, 40), 3, new SplittableRandom(1));

      assertThat(with(chosen, "L1")).as(choice.name()).isEqualTo(3);
    }
  }

  @Test
  void coversTheMembersOfListsAndEmptyLists() {
    List<Demo> demos = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      ObjectNode outputs = Json.object();
      var tags = outputs.putArray("tags");
      if (i % 4 > 0) {
        tags.add("T" + i % 4);
      }
      demos.add(
          new Demo(Json.object().put("text", "text " + i), outputs, Demo.Origin.LABELED, "" + i));
    }

    Set<String> seen = new HashSet<>();
    choose(DemoChoice.VARIED, demos, 4, 3).forEach(d -> seen.add(d.outputs().toString()));

    assertThat(seen).hasSize(4);
  }

  @Test
  void choosesTheMostTypicalOfALabelFirst() {
    List<Demo> demos =
        List.of(
            demo("parcel courier late", "DELIVERY"),
            demo("parcel courier missing", "DELIVERY"),
            demo("parcel courier", "DELIVERY"),
            demo("unicorn", "DELIVERY"),
            demo("sphinx", "DELIVERY"));

    List<Demo> chosen = choose(DemoChoice.REPRESENTATIVE, demos, 2, 5);

    assertThat(chosen.get(0).exampleId()).isEqualTo("parcel courier");
    assertThat(chosen.get(1).exampleId()).isIn("unicorn", "sphinx");
  }

  @Test
  void aVariedSetHasNoTwoThatAreAlikeWhereItCanBeHelped() {
    List<Demo> demos = new ArrayList<>();
    for (int kind = 0; kind < 6; kind++) {
      for (int i = 0; i < 5; i++) {
        demos.add(demo("kind%d some%d other%d n%d%d".formatted(kind, kind, kind, kind, i), ""));
      }
    }

    for (long seed = 0; seed < SEEDS; seed++) {
      List<Demo> chosen = choose(DemoChoice.VARIED, demos, 6, seed);

      assertThat(chosen).extracting(d -> d.exampleId().split(" ")[0]).doesNotHaveDuplicates();
    }
  }

  @Test
  void theSameSeedGivesTheSameDemosAndAnotherSeedOtherOnes() {
    List<Demo> demos = demos(20, 20, 20);

    for (DemoChoice choice : DemoChoice.values()) {
      assertThat(choose(choice, demos, 6, 9)).isEqualTo(choose(choice, demos, 6, 9));
    }
    assertThat(choose(DemoChoice.VARIED, demos, 6, 9))
        .isNotEqualTo(choose(DemoChoice.VARIED, demos, 6, 10));
  }

  @Test
  void givesAllDemosWhereThereAreNoMore() {
    List<Demo> demos = demos(3, 1);

    for (DemoChoice choice : EnumSet.of(DemoChoice.REPRESENTATIVE, DemoChoice.VARIED)) {
      assertThat(choose(choice, demos, 9, 1)).containsExactlyInAnyOrderElementsOf(demos);
    }
    assertThat(choose(DemoChoice.VARIED, List.of(), 9, 1)).isEmpty();
  }

  @Test
  void choosesAmongManyDemosInReasonableTime() {
    List<Demo> demos = demos(4000, 2000);

    List<Demo> chosen = choose(DemoChoice.REPRESENTATIVE, demos, 16, 1);

    assertThat(chosen).hasSize(16).doesNotHaveDuplicates();
    assertThat(with(chosen, "L0")).isBetween(9L, 12L);
  }
}
