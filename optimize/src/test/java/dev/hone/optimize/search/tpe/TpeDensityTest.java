package dev.hone.optimize.search.tpe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.Play;
import dev.hone.optimize.search.SearchSpace;
import dev.hone.optimize.search.schedule.Observation;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TpeDensityTest {
  @ParameterizedTest
  @MethodSource("cases")
  void splitsAsOptunaDoes(JsonNode given) {
    List<Observation> history = history(given);

    boolean[] isBelow = TpeModel.split(history, TpeSettings.DEFAULTS.belowCount(history.size()));

    assertThat(IntStream.range(0, isBelow.length).filter(i -> isBelow[i]).toArray())
        .containsExactly(ints(given.get("below")));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void givesEveryConfigurationOptunasDensities(JsonNode given) {
    SearchSpace space = Play.space(ints(given.get("choices")));

    TpeModel model = TpeModel.of(space, history(given), Set.of(), TpeSettings.DEFAULTS);

    for (int i = 0; i < given.get("configs").size(); i++) {
      int[] configuration = ints(given.get("configs").get(i));
      double logL = given.get("logL").get(i).doubleValue();
      double logG = given.get("logG").get(i).doubleValue();
      assertThat(model.below().log(configuration)).isCloseTo(logL, within(1e-9));
      assertThat(model.above().log(configuration)).isCloseTo(logG, within(1e-9));
      assertThat(model.acquisition(configuration)).isCloseTo(logL - logG, within(1e-9));
    }
  }

  @Test
  void drawsConfigurationsAsOftenAsItsDensitySays() {
    SearchSpace space = Play.space(3, 1, 4);
    TpeDensity density =
        TpeDensity.of(
            new int[] {3, 1, 4},
            List.of(
                Configuration.of(0, 0, 1), Configuration.of(2, 0, 3), Configuration.of(2, 0, 1)));
    SplittableRandom random = new SplittableRandom(5);
    int draws = 200_000;

    int[] counts = new int[12];
    int[] drawn = new int[3];
    for (int i = 0; i < draws; i++) {
      density.sample(random, drawn);
      counts[drawn[0] * 4 + drawn[2]]++;
    }

    for (int i = 0; i < counts.length; i++) {
      double expected = Math.exp(density.log(TpeDensity.indices(space.at(i))));
      assertThat((double) counts[i] / draws).isCloseTo(expected, within(0.005));
    }
  }

  @Test
  void sumsToOneWithOldObservationsWeighingLess() {
    SearchSpace space = Play.space(4, 5);
    List<Configuration> group = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 60; i++) {
      group.add(space.at(random.nextInt(20)));
    }

    TpeDensity density = TpeDensity.of(new int[] {4, 5}, group);

    double sum = 0;
    for (int i = 0; i < 20; i++) {
      sum += Math.exp(density.log(TpeDensity.indices(space.at(i))));
    }
    assertThat(sum).isCloseTo(1, within(1e-12));
  }

  @Test
  void staysFiniteWithManyDimensions() {
    int[] choices = IntStream.generate(() -> 7).limit(300).toArray();
    List<Configuration> group =
        IntStream.range(0, 900).mapToObj(i -> Play.space(choices).at(i * 7_919L)).toList();

    double log = TpeDensity.of(choices, group).log(new int[300]);

    assertThat(log).isFinite().isNegative();
  }

  static List<JsonNode> cases() throws IOException {
    try (InputStream in = TpeDensityTest.class.getResourceAsStream("/tpe-densities.json")) {
      JsonNode cases = new JsonMapper().readTree(Objects.requireNonNull(in)).get("cases");
      assertThat(cases.size()).isEqualTo(32);
      List<JsonNode> list = new ArrayList<>();
      cases.forEach(list::add);
      return list;
    }
  }

  private static List<Observation> history(JsonNode given) {
    List<Observation> history = new ArrayList<>();
    for (JsonNode trial : given.get("history")) {
      history.add(
          new Observation(
              Configuration.of(ints(trial.get("config"))), trial.get("value").doubleValue()));
    }
    return history;
  }

  private static int[] ints(JsonNode array) {
    return IntStream.range(0, array.size()).map(i -> array.get(i).intValue()).toArray();
  }
}
