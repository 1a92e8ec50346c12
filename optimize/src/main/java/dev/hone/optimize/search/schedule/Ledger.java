package dev.hone.optimize.search.schedule;

import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.ConfigurationSummary;
import dev.hone.optimize.search.EvaluationScores;
import dev.hone.optimize.search.SearchProblem;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The scores of a run, by configuration and example, and the rankings that follow from them. */
final class Ledger {
  private final SearchProblem problem;
  private final Map<Configuration, Evidence> evidenceByConfiguration = new LinkedHashMap<>();
  private List<Integer> examples;

  Ledger(SearchProblem problem) {
    this.problem = problem;
    examples = IntStream.range(0, problem.exampleCount()).boxed().toList();
  }

  /** Takes what an evaluation brought. */
  void take(EvaluationScores told) {
    evidenceByConfiguration
        .computeIfAbsent(
            told.ask().configuration(),
            added -> new Evidence(added, problem, evidenceByConfiguration.size()))
        .take(told, examples);
  }

  /** The examples that count, in order. */
  List<Integer> examples() {
    return examples;
  }

  /**
   * Leaves out the examples that a configuration has no score on, unless it has none at all.
   *
   * @return how many were left out
   */
  int leaveOutUnscored(Configuration configuration) {
    Evidence evidence = evidenceByConfiguration.get(configuration);
    List<Integer> scored =
        evidence == null ? List.of() : examples.stream().filter(evidence::knows).toList();
    int left = scored.isEmpty() ? 0 : examples.size() - scored.size();
    if (left > 0) {
      examples = scored;
      evidenceByConfiguration.values().forEach(each -> each.sumUp(examples));
    }
    return left;
  }

  /** Whether an evaluation of the configuration was complete. */
  boolean tried(Configuration configuration) {
    Evidence evidence = evidenceByConfiguration.get(configuration);
    return evidence != null && evidence.tried();
  }

  /** How many configurations were tried. */
  long triedCount() {
    return tried().count();
  }

  /** One observation per tried configuration, oldest first. */
  List<Observation> observations() {
    return tried().map(each -> new Observation(each.configuration, each.mean())).toList();
  }

  /** The best of the fully evaluated configurations. */
  Optional<ConfigurationSummary> best() {
    return tried().filter(Evidence::full).min(Evidence.BEST_FIRST).map(Evidence::standing);
  }

  /** All tried configurations, the fully evaluated first, the best first among either. */
  List<ConfigurationSummary> standings() {
    return tried()
        .sorted(Comparator.comparing((Evidence e) -> !e.full()).thenComparing(Evidence.BEST_FIRST))
        .map(Evidence::standing)
        .toList();
  }

  /** The best configurations that are worth a full evaluation, up to a number, best first. */
  List<Configuration> promotable(int limit, double leastMean) {
    return tried()
        .filter(each -> each.promotable() && each.mean() >= leastMean)
        .sorted(Evidence.BEST_FIRST)
        .limit(limit)
        .map(each -> each.configuration)
        .toList();
  }

  /** Whether a configuration was tried and its mean is greater than any other's. */
  boolean leads(Configuration configuration) {
    Evidence evidence = evidenceByConfiguration.get(configuration);
    return evidence != null
        && evidence.tried()
        && tried().allMatch(each -> each == evidence || each.mean() < evidence.mean());
  }

  /** The statistics of an example over the configurations. */
  DoubleSummaryStatistics statistics(int example) {
    return evidenceByConfiguration.values().stream()
        .filter(each -> each.knows(example))
        .mapToDouble(each -> each.score(example))
        .summaryStatistics();
  }

  private Stream<Evidence> tried() {
    return evidenceByConfiguration.values().stream().filter(Evidence::tried);
  }
}
