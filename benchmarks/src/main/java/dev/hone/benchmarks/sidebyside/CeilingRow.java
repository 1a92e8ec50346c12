package dev.hone.benchmarks.sidebyside;

import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.Dimension;
import dev.hone.optimize.search.SearchProblem;
import dev.hone.optimize.search.SearchSpace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * What {@link Ceiling} recorded of one task, seed and demo limit.
 *
 * @param problem the search space, with the prompt tokens of a configuration as its size
 * @param configurations what each configuration scores
 */
record CeilingRow(SearchProblem problem, Map<Configuration, Recorded> configurations) {
  private static final String PREDICTOR = "self";

  /**
   * A configuration.
   *
   * @param val its score on each validation example
   * @param promptTokens the mean prompt tokens of its calls on them
   * @param test its mean score on the test set
   */
  record Recorded(List<Double> val, double promptTokens, double test) {
    double valMean() {
      return val.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }
  }

  /** Reads a row. */
  static CeilingRow of(JsonNode row) {
    Map<Configuration, Recorded> configurations = new HashMap<>();
    for (JsonNode each : row.path("configurations")) {
      configurations.put(
          configuration(each.path("choices")),
          new Recorded(
              numbers(each.path("val")),
              each.path("val_prompt_tokens").asDouble(),
              each.path("test").asDouble()));
    }
    List<String> strata = new ArrayList<>();
    row.path("strata").forEach(stratum -> strata.add(stratum.asString()));
    SearchSpace space =
        new SearchSpace(
            List.of(
                new Dimension(
                    PREDICTOR, Dimension.Part.INSTRUCTIONS, row.path("instructions").size()),
                new Dimension(PREDICTOR, Dimension.Part.DEMOS, row.path("demos").size())));
    SearchProblem problem =
        SearchProblem.of(space, configuration(row.path("baseline")), strata)
            .tokensPerRun(of -> recorded(configurations, of).promptTokens());
    return new CeilingRow(problem, configurations);
  }

  private static Configuration configuration(JsonNode choices) {
    return new Configuration(
        StreamSupport.stream(choices.spliterator(), false).map(JsonNode::asInt).toList());
  }

  private static List<Double> numbers(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asDouble).toList();
  }

  private static Recorded recorded(Map<Configuration, Recorded> all, Configuration of) {
    Recorded found = all.get(of);
    if (found == null) {
      throw new IllegalStateException("The record has no configuration " + of);
    }
    return found;
  }

  /** What a configuration scores. */
  Recorded recorded(Configuration configuration) {
    return recorded(configurations, configuration);
  }

  /** The test score of the best on the whole validation set; of equals the mean. */
  double bestOnValidation() {
    double best =
        configurations.values().stream().mapToDouble(Recorded::valMean).max().orElseThrow();
    return configurations.values().stream()
        .filter(each -> each.valMean() > best - 1e-12)
        .mapToDouble(Recorded::test)
        .average()
        .orElseThrow();
  }

  /** The best test score: what no search can know. */
  double bestOnTest() {
    return configurations.values().stream()
        .max(Comparator.comparingDouble(Recorded::test))
        .orElseThrow()
        .test();
  }

  /** The mean test score of all configurations: one that is drawn at random. */
  double meanOnTest() {
    return configurations.values().stream().mapToDouble(Recorded::test).average().orElseThrow();
  }
}
