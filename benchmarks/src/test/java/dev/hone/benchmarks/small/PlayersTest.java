package dev.hone.benchmarks.small;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hone.benchmarks.quality.CallMeter;
import dev.hone.benchmarks.quality.Landscape;
import dev.hone.benchmarks.quality.ReferencePlayer;
import dev.hone.benchmarks.quality.ReferenceSchedule;
import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.Dimension;
import dev.hone.optimize.search.SearchSpace;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlayersTest {
  private static final List<String> ALL_NAMES =
      List.of(
          "reference",
          "racing",
          "all",
          "drawn",
          "labelled",
          "halving:0.5",
          "tpe",
          "random",
          "wilcoxon",
          "hbbops",
          "triple-sh",
          "triple-cr",
          "capo");

  /** Two instructions and three demo sets; a configuration scores 1 on the first examples. */
  private static class Steps implements Landscape {
    private final int examples;

    Steps(int examples) {
      this.examples = examples;
    }

    @Override
    public String familyName() {
      return "STEPS";
    }

    @Override
    public SearchSpace space() {
      return new SearchSpace(
          List.of(
              new Dimension("p", Dimension.Part.INSTRUCTIONS, 2),
              new Dimension("p", Dimension.Part.DEMOS, 3)));
    }

    @Override
    public Configuration baseline() {
      return Configuration.of(0, 0);
    }

    @Override
    public int exampleCount() {
      return examples;
    }

    @Override
    public double outcome(Configuration configuration, int example) {
      int level = 1 + 2 * configuration.choice(0) + configuration.choice(1);
      return example * 6 < level * examples ? 1 : 0;
    }

    @Override
    public double trueScore(Configuration configuration) {
      throw new AssertionError("a player read a true score");
    }

    @Override
    public int demos(Configuration configuration) {
      return 4 * configuration.choice(1);
    }

    @Override
    public double tokens(Configuration configuration) {
      return 100 + 50 * demos(configuration);
    }
  }

  static List<String> names() {
    return ALL_NAMES;
  }

  private static Configuration play(String name, CallMeter meter, double tokens) {
    ReferenceSchedule schedule = ReferenceSchedule.of(2, 3, meter.examples().size());
    Map<String, Player> players = Players.of(List.of(name));
    return Objects.requireNonNull(players.get(name))
        .play(meter, new Allowance(schedule, 200, tokens), 3);
  }

  @ParameterizedTest
  @MethodSource("names")
  void readsNoTrueScore(String name) {
    CallMeter meter = new CallMeter(new Steps(60));

    Configuration returned = play(name, meter, 50_000);

    assertThat(returned.choices()).hasSize(2);
  }

  @ParameterizedTest
  @MethodSource("names")
  void findsThePlainlyBestUnlessItDoesNotSearch(String name) {
    CallMeter meter = new CallMeter(new Steps(60));

    Configuration returned = play(name, meter, 100_000);

    switch (name) {
      case "drawn" -> assertThat(meter.calls()).isZero();
      case "labelled" -> {
        assertThat(returned).isEqualTo(Configuration.of(0, 2));
        assertThat(meter.calls()).isZero();
      }
      default -> assertThat(returned.choice(0) + returned.choice(1)).isGreaterThanOrEqualTo(2);
    }
  }

  @Test
  void keepsRivalsWithinTheTokens() {
    for (String name : List.of("wilcoxon", "hbbops", "triple-sh", "triple-cr", "capo")) {
      for (SmallSurface surface : SmallSurface.mixed(18, 2)) {
        CallMeter meter = new CallMeter(surface);
        double tokens = 10 * surface.exampleCount() * surface.tokens(surface.baseline());

        play(name, meter, tokens);

        assertThat(meter.tokens()).as(name).isLessThanOrEqualTo(tokens).isPositive();
      }
    }
  }

  @Test
  void evaluatesEverythingOnce() {
    CallMeter meter = new CallMeter(new Steps(30));

    assertThat(play("all", meter, 0)).isEqualTo(Configuration.of(1, 2));
    assertThat(meter.calls()).isEqualTo(6 * 30);
  }

  /**
   * A space of one configuration and 40 examples: every trial is a full evaluation of what is
   * known, so the reference pays 40 calls. With 100 examples it pays 100: the baseline's full
   * evaluation, and minibatches of known outcomes.
   */
  @Test
  void letsTheReferencePayOnceForWhatItRepeats() {
    for (int examples : List.of(40, 100)) {
      CallMeter meter =
          new CallMeter(
              new Steps(examples) {
                @Override
                public SearchSpace space() {
                  return new SearchSpace(
                      List.of(
                          new Dimension("p", Dimension.Part.INSTRUCTIONS, 1),
                          new Dimension("p", Dimension.Part.DEMOS, 1)));
                }
              });
      ReferenceSchedule schedule = ReferenceSchedule.of(2, 6, examples);

      ReferencePlayer.play(meter, schedule, 1);

      assertThat(schedule.trials()).isEqualTo(10);
      assertThat(meter.calls()).isEqualTo(examples);
      assertThat(meter.paid()).isEqualTo(examples == 40 ? 11 * 40 : 100 + 10 * 35);
    }
  }

  /** By hand: 10 trials of 35 of 100 examples, the baseline and two full evaluations. */
  @Test
  void schedulesWhatTheReferenceDoes() {
    assertThat(ReferenceSchedule.of(2, 6, 100).scheduled()).isEqualTo(350 + 300);
    assertThat(ReferenceSchedule.of(2, 6, 50).scheduled()).isEqualTo(11 * 50);
    assertThat(ReferenceSchedule.of(2, 12, 60).trials()).isEqualTo(18);
    assertThat(ReferenceSchedule.of(4, 6, 60).trials()).isEqualTo(20);
  }

  @Test
  void comparesWithTheReference() {
    SmallContest contest =
        SmallContest.on(SmallSurface.mixed(1, 4).get(0), Players.of(List.of("drawn")));

    assertThat(contest.share(Players.REFERENCE, SmallPlay::calls)).isCloseTo(1, within(1e-12));
    assertThat(contest.difference(Players.REFERENCE)).isZero();
    assertThat(contest.share("drawn", SmallPlay::tokens)).isZero();
    assertThat(contest.share(Players.ALL, SmallPlay::calls)).isGreaterThan(1);
  }
}
