package dev.hone.evaluate;

import dev.hone.metric.CorpusMetric;
import dev.hone.stats.Interval;
import dev.hone.stats.ObservationTally;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The score of results: the mean of what the metric gave each, or the value of the whole set if the
 * metric is one of sets. Immutable.
 */
final class ScoreSummary<I, O> {
  private final List<ExampleResult<I, O>> results;
  private final double failureScore;
  private final @Nullable CorpusMetric<I, O> corpusMetric;

  ScoreSummary(
      List<ExampleResult<I, O>> results,
      double failureScore,
      @Nullable CorpusMetric<I, O> corpusMetric) {
    this.results = results;
    this.failureScore = failureScore;
    this.corpusMetric = corpusMetric;
  }

  Optional<CorpusMetric<I, O>> corpusMetric() {
    return Optional.ofNullable(corpusMetric);
  }

  String name() {
    return corpusMetric == null ? "mean" : corpusMetric.name();
  }

  boolean hasScore() {
    return corpusMetric == null ? counted().length > 0 : !tally().isEmpty();
  }

  double score() {
    return corpusMetric == null
        ? Arrays.stream(counted()).average().orElseThrow()
        : corpusMetric.value(tally());
  }

  Interval interval() {
    return corpusMetric == null ? Interval.ofMean(counted(), 0.95) : corpusMetric.interval(tally());
  }

  /** What a reader of the value of a set should know. */
  List<String> notes() {
    return corpusMetric == null || !hasScore() ? List.of() : corpusMetric.notes(tally());
  }

  /** The number of examples that have a score, those whose program failed included. */
  int count() {
    return counted().length;
  }

  private double[] counted() {
    return present(scores().stream());
  }

  private ObservationTally tally() {
    return ObservationTally.of(observations().stream().flatMap(Optional::stream).toList());
  }

  List<Optional<Object>> observations() {
    CorpusMetric<I, O> metric = corpusMetric;
    return metric == null
        ? List.of()
        : results.stream().map(result -> observation(metric, result)).toList();
  }

  private Optional<Object> observation(CorpusMetric<I, O> metric, ExampleResult<I, O> result) {
    boolean known = result.example().hasLabel() || !metric.needsLabel();
    return known && score(result).isPresent()
        ? Optional.of(
            metric.observation(
                result.example(), result.output().orElse(null), score(result).getAsDouble()))
        : Optional.empty();
  }

  private static double[] present(Stream<OptionalDouble> scores) {
    return scores
        .filter(OptionalDouble::isPresent)
        .mapToDouble(OptionalDouble::getAsDouble)
        .toArray();
  }

  List<OptionalDouble> scores() {
    return results.stream().map(this::score).toList();
  }

  private OptionalDouble score(ExampleResult<I, O> result) {
    return result.outcome() instanceof Outcome.ProgramFailed<O>
        ? OptionalDouble.of(failureScore)
        : result.score();
  }

  Map<String, Double> scoreByPart() {
    Set<String> names = new LinkedHashSet<>();
    results.forEach(result -> names.addAll(parts(result).keySet()));
    Map<String, Double> means = new LinkedHashMap<>();
    for (String name : names) {
      Arrays.stream(present(results.stream().map(result -> part(result, name))))
          .average()
          .ifPresent(mean -> means.put(name, mean));
    }
    return Collections.unmodifiableMap(means);
  }

  private OptionalDouble part(ExampleResult<I, O> result, String name) {
    if (result.outcome() instanceof Outcome.ProgramFailed<O>) {
      return OptionalDouble.of(failureScore);
    }
    Double value = parts(result).get(name);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  private static Map<String, Double> parts(ExampleResult<?, ?> result) {
    return result.outcome() instanceof Outcome.Scored<?> scored ? scored.score().parts() : Map.of();
  }
}
