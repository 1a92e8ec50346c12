package dev.hone.metric;

import dev.hone.data.Example;
import java.util.Collection;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.ToDoubleBiFunction;

/**
 * Scores one output against its example. Thread-safe and, for reproducible runs, deterministic.
 *
 * <p>The ready ones compare one value of the output with the same value of the label, give 0 to 1,
 * and say in the feedback what differed. A value is named by a getter, or by its field's name,
 * which works for JSON objects too and puts the name into the feedback:
 *
 * <pre>{@code
 * Metric<Snippet, Verdict> metric =
 *     Metric.mean(Metric.exact(Verdict::severity), Metric.jaccard(Verdict::violations));
 * Metric<ObjectNode, ObjectNode> dynamic = Metric.exact("answer");
 * }</pre>
 *
 * @param <I> the type of the inputs
 * @param <O> the type of the outputs
 */
@FunctionalInterface
public interface Metric<I, O> {
  /** Scores one output. Throwing an exception says that it could not be scored. */
  Score score(Example<I, O> example, O actual, MetricContext context);

  /** A copy whose feedback begins with a name. */
  default Metric<I, O> named(String name) {
    return (example, actual, context) -> {
      Score score = score(example, actual, context);
      return score.feedback().isEmpty()
          ? score
          : new Score(score.value(), name + ": " + score.feedback());
    };
  }

  /** A metric of the label and the output that gives a number; higher is better. */
  static <I, O> Metric<I, O> of(ToDoubleBiFunction<? super O, ? super O> scorer) {
    return (example, actual, context) -> Score.of(scorer.applyAsDouble(example.expected(), actual));
  }

  /** A metric of the label and the output that gives 1 for true and 0 for false. */
  static <I, O> Metric<I, O> ofBoolean(BiPredicate<? super O, ? super O> test) {
    return (example, actual, context) -> Score.of(test.test(example.expected(), actual));
  }

  /**
   * 1 if both values are equal, else 0. Numbers are equal by value: 1.0 equals 1.00. White space
   * around a text does not count.
   */
  static <I, O> Metric<I, O> exact(Function<? super O, ?> getter) {
    return FieldMetric.of(getter, ValueComparison.EXACT);
  }

  /** As {@link #exact(Function)}, of the field of this name. */
  static <I, O> Metric<I, O> exact(String field) {
    return FieldMetric.of(field, ValueComparison.EXACT);
  }

  /**
   * Jaccard similarity of two collections, each taken as a set: the share of items in either that
   * are in both. Two empty ones give 1.
   */
  static <I, O> Metric<I, O> jaccard(Function<? super O, ? extends Collection<?>> getter) {
    return FieldMetric.of(getter, ValueComparison.JACCARD);
  }

  /** As {@link #jaccard(Function)}, of the field of this name, which holds a list or set. */
  static <I, O> Metric<I, O> jaccard(String field) {
    return FieldMetric.of(field, ValueComparison.JACCARD);
  }

  /**
   * 1 if the output's text contains the words of the label's text, in order and side by side, else
   * 0. Case, punctuation and English articles do not count, unless the label is nothing else. An
   * empty label is only in an empty text.
   */
  static <I, O> Metric<I, O> contains(Function<? super O, ?> getter) {
    return FieldMetric.of(getter, ValueComparison.CONTAINS);
  }

  /** As {@link #contains(Function)}, of the field of this name. */
  static <I, O> Metric<I, O> contains(String field) {
    return FieldMetric.of(field, ValueComparison.CONTAINS);
  }

  /**
   * F1, the harmonic mean of precision and recall: of the words of two texts, each counted as often
   * as it occurs, or of the items of two collections, each taken as a set. Case, punctuation and
   * English articles do not count. Two empty ones give 1.
   */
  static <I, O> Metric<I, O> f1(Function<? super O, ?> getter) {
    return FieldMetric.of(getter, ValueComparison.F1);
  }

  /** As {@link #f1(Function)}, of the field of this name. */
  static <I, O> Metric<I, O> f1(String field) {
    return FieldMetric.of(field, ValueComparison.F1);
  }

  /**
   * The mean of several metrics; its feedback is theirs, a line each.
   *
   * @throws dev.hone.InvalidInputException if there are none
   */
  @SafeVarargs
  @SuppressWarnings("varargs")
  static <I, O> Metric<I, O> mean(Metric<I, O>... metrics) {
    return new MeanMetric<>(List.of(metrics));
  }
}
