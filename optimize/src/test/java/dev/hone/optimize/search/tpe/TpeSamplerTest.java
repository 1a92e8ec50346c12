package dev.hone.optimize.search.tpe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.EvaluationRequest;
import dev.hone.optimize.search.EvaluationScores;
import dev.hone.optimize.search.Play;
import dev.hone.optimize.search.Search;
import dev.hone.optimize.search.SearchProblem;
import dev.hone.optimize.search.SearchSpace;
import dev.hone.optimize.search.schedule.Observation;
import dev.hone.optimize.search.schedule.Sampler;
import dev.hone.optimize.search.schedule.SamplingState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TpeSamplerTest {
  @Test
  void makesFewerTrialsAtRandomInAShortSearch() {
    TpeSettings settings = TpeSettings.DEFAULTS;

    assertThat(settings.startupTrialsOf(1)).isEqualTo(2);
    assertThat(settings.startupTrialsOf(10)).isEqualTo(3);
    assertThat(settings.startupTrialsOf(20)).isEqualTo(6);
    assertThat(settings.startupTrialsOf(100)).isEqualTo(10);
    assertThat(new TpeSettings(7, 0.1, 25, 24).startupTrialsOf(100)).isEqualTo(7);
  }

  @Test
  void guidesMostTrialsOfALightRun() {
    Play play =
        Play.of(
            Search.tpe(),
            Play.problem(Play.space(4, 7), 100),
            Play.budget(10, 35, 5, 1),
            Play.Surface.noisy(1, c -> 0.5));

    assertThat(play.trials().stream().map(EvaluationRequest::choice))
        .startsWith(
            EvaluationRequest.Choice.RANDOM,
            EvaluationRequest.Choice.RANDOM,
            EvaluationRequest.Choice.RANDOM)
        .filteredOn(choice -> choice == EvaluationRequest.Choice.GUIDED)
        .hasSize(7);
  }

  @Test
  void spreadsABatchSincePendingConfigurationsCountAsBad() {
    SearchSpace space = Play.space(6, 6);
    List<Observation> finished = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Configuration configuration = space.at(i);
      finished.add(new Observation(configuration, configuration.equals(space.at(7)) ? 1 : 0));
    }
    Configuration near = Configuration.of(1, 5);

    TpeModel free = TpeModel.of(space, finished, Set.of(), TpeSettings.DEFAULTS);
    TpeModel occupied = TpeModel.of(space, finished, Set.of(near), TpeSettings.DEFAULTS);

    int[] indices = TpeDensity.indices(near);
    assertThat(occupied.acquisition(indices)).isLessThan(free.acquisition(indices));
    assertThat(occupied.below().log(indices)).isEqualTo(free.below().log(indices));
  }

  @Test
  void takesTheMostPromisingOpenConfigurationWhenAllCandidatesAreClosed() {
    SearchSpace space = Play.space(40, 10);
    List<Observation> finished = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      if (i != 55 && i != 333) {
        finished.add(new Observation(space.at(i), i / 10 == 33 ? 1 : 0));
      }
    }
    SamplingState state = state(space, finished, Set.of());

    for (int seed = 0; seed < 20; seed++) {
      assertThat(sampler(seed).suggest(state))
          .isEqualTo(new Sampler.Suggestion(space.at(333), EvaluationRequest.Choice.GUIDED));
    }
  }

  @Test
  void findsTheLastOpenConfigurationsOfALargeSpace() {
    SearchSpace space = Play.space(80, 80);
    List<Observation> finished = new ArrayList<>();
    for (int i = 0; i < 6400; i++) {
      if (i != 123) {
        finished.add(new Observation(space.at(i), space.at(i).choice(0)));
      }
    }
    SamplingState state = state(space, finished, Set.of());

    assertThat(sampler(1).suggest(state).configuration()).isEqualTo(space.at(123));
  }

  @Test
  void ignoresDimensionsOfOneChoice() {
    List<Configuration> without = suggestions(Play.space(5, 9), 2);
    List<Configuration> with = suggestions(Play.space(5, 9, 1, 1), 4);

    assertThat(with.stream().map(c -> Configuration.of(c.choice(0), c.choice(1))))
        .containsExactlyElementsOf(without);
  }

  private static List<Configuration> suggestions(SearchSpace space, int dimensions) {
    List<Observation> finished = new ArrayList<>();
    Set<Configuration> tried = new HashSet<>();
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < 15; i++) {
      int[] choices = new int[dimensions];
      choices[0] = random.nextInt(5);
      choices[1] = random.nextInt(9);
      if (tried.add(Configuration.of(choices))) {
        finished.add(new Observation(Configuration.of(choices), choices[0] * 10 + choices[1]));
      }
    }
    TpeSampler sampler = sampler(6);
    Set<Configuration> pending = new LinkedHashSet<>();
    for (int i = 0; i < 10; i++) {
      pending.add(sampler.suggest(state(space, finished, pending)).configuration());
    }
    return List.copyOf(pending);
  }

  @Test
  void refusesSettingsOutOfRange() {
    TpeSearch search = TpeSearch.defaults();

    assertThatThrownBy(() -> search.startupTrials(-1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("startupTrials (-1) is less than 0. Maybe");
    assertThatThrownBy(() -> search.gamma(Double.NaN))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("gamma (NaN)");
    assertThatThrownBy(() -> search.belowLimit(0)).isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> search.candidates(0)).isInstanceOf(InvalidInputException.class);
  }

  @Test
  void holdsItsSettings() {
    TpeSearch search = TpeSearch.defaults().gamma(0.2).belowLimit(9).candidates(5);

    assertThat(search.toJson().toString())
        .isEqualTo(
            "{\"name\":\"tpe\",\"startupTrials\":null,\"gamma\":0.2,"
                + "\"belowLimit\":9,\"candidates\":5}");
    assertThat(search.startupTrials(3).startupTrials()).isEqualTo(3);
    assertThat(search).isNotEqualTo(TpeSearch.defaults());
    assertThat(TpeSearch.defaults()).isEqualTo(new TpeSearch()).hasSameHashCodeAs(new TpeSearch());
  }

  private static SamplingState state(
      SearchSpace space, List<Observation> finished, Set<Configuration> pending) {
    SamplingState state = new SamplingState(SearchProblem.of(space, space.at(0), 1));
    for (int trial = 0; trial < finished.size(); trial++) {
      EvaluationRequest request =
          new EvaluationRequest(
              trial,
              EvaluationRequest.Kind.FULL,
              finished.get(trial).configuration(),
              List.of(0),
              EvaluationRequest.Choice.RANDOM);
      OptionalDouble score = OptionalDouble.of(finished.get(trial).value());
      state.take(new EvaluationScores(request, List.of(score)));
    }
    pending.forEach(state::markPending);
    return state;
  }

  private static TpeSampler sampler(long seed) {
    return new TpeSampler(TpeSettings.DEFAULTS, 100, new SplittableRandom(seed));
  }
}
