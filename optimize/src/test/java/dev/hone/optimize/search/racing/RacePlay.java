package dev.hone.optimize.search.racing;

import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.ConfigurationSummary;
import dev.hone.optimize.search.Dimension;
import dev.hone.optimize.search.EvaluationRequest;
import dev.hone.optimize.search.EvaluationScores;
import dev.hone.optimize.search.SearchBudget;
import dev.hone.optimize.search.SearchProblem;
import dev.hone.optimize.search.SearchRun;
import dev.hone.optimize.search.SearchSpace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/** Plays a race, which may be extended, and keeps what it asked for. */
final class RacePlay {
  /** The score of a configuration on an example; NaN where there is none. */
  interface Scores {
    double of(Configuration configuration, int example);
  }

  private final SearchRun run;
  private final Scores scores;
  private final List<EvaluationRequest> asks = new ArrayList<>();
  private final Set<List<Object>> pairs = new HashSet<>();

  RacePlay(SearchRun run, Scores scores) {
    this.run = run;
    this.scores = scores;
  }

  static SearchRun start(
      RacingSettings settings, SearchBudget budget, SearchSpace space, int examples, long seed) {
    return new RacingSearch(settings)
        .start(problem(space, examples, c -> 1000), budget, new SplittableRandom(seed));
  }

  static SearchProblem problem(
      SearchSpace space, int examples, ToDoubleFunction<Configuration> tokensPerRun) {
    Configuration first = Configuration.of(new int[space.dimensions().size()]);
    return SearchProblem.of(space, first, examples).tokensPerRun(tokensPerRun);
  }

  /** The scores of a configuration that has none. */
  static double[] noScores(int examples) {
    double[] scores = new double[examples];
    Arrays.fill(scores, Double.NaN);
    return scores;
  }

  static SearchSpace space(int instructions, int demoSets) {
    return new SearchSpace(
        List.of(
            new Dimension("p", Dimension.Part.INSTRUCTIONS, instructions),
            new Dimension("p", Dimension.Part.DEMOS, demoSets)));
  }

  /**
   * Outcomes are 1 with the probability that the truth says, and the same whenever asked for again.
   */
  static Scores coins(long seed, ToDoubleFunction<Configuration> truth) {
    return (configuration, example) -> {
      long key = seed * 1_000_003 + configuration.hashCode() * 10_007L + example;
      double probability = truth.applyAsDouble(configuration);
      return new SplittableRandom(key).nextDouble() < probability ? 1 : 0;
    };
  }

  /** Plays until nothing more is asked for. */
  RacePlay toTheEnd() {
    for (List<EvaluationRequest> next = run.ask(); !next.isEmpty(); next = run.ask()) {
      asks.addAll(next);
      run.tell(next.stream().map(this::scores).toList());
    }
    return this;
  }

  private EvaluationScores scores(EvaluationRequest request) {
    List<OptionalDouble> found = new ArrayList<>();
    for (int example : request.examples()) {
      pairs.add(List.of(request.configuration(), example));
      double score = scores.of(request.configuration(), example);
      found.add(Double.isNaN(score) ? OptionalDouble.empty() : OptionalDouble.of(score));
    }
    return new EvaluationScores(request, found);
  }

  SearchRun run() {
    return run;
  }

  List<EvaluationRequest> asks() {
    return asks;
  }

  /** Distinct pairs of configuration and example. */
  int calls() {
    return pairs.size();
  }

  /** All evaluations, repeats included. */
  int evaluations() {
    return asks.stream().mapToInt(ask -> ask.examples().size()).sum();
  }

  ConfigurationSummary best() {
    return run.best().orElseThrow();
  }
}
