package dev.hone.spark;

import dev.hone.metric.CorpusMetric;
import dev.hone.metric.Metric;
import java.io.Serializable;
import tools.jackson.databind.node.ObjectNode;

/**
 * How to make a metric on each executor. The ready ones are named by fields, and so is what
 * travels; one of your own is a lambda whose code is on the executors, as with any function of
 * Spark:
 *
 * <pre>{@code
 * SparkMetric urgent = () -> Metric.exact(answer -> answer.path("urgency"));
 * }</pre>
 *
 * <p>Whole sets ({@link CorpusMetric}) are measured by counts: any but those of {@link
 * CorpusMetric#of}, whose formula asks for all examples at once. Implementations are serializable.
 */
@FunctionalInterface
public interface SparkMetric extends Serializable {
  /** The metric, made anew on each executor. */
  Metric<ObjectNode, ObjectNode> metric();

  /** 1 where an output is exactly the label, else 0, as {@link Metric#exact}. */
  static SparkMetric exact(String field) {
    return () -> Metric.<ObjectNode, ObjectNode>exact(answer -> answer.path(field)).named(field);
  }

  /** The mean F1 over the classes of an output, as {@link CorpusMetric#macroF1}. */
  static SparkMetric macroF1(String field) {
    return () -> CorpusMetric.macroF1((ObjectNode answer) -> answer.path(field));
  }

  /** F1 of one class of an output, as {@link CorpusMetric#f1Of}. */
  static SparkMetric f1Of(String field, String value) {
    return () -> CorpusMetric.f1Of((ObjectNode answer) -> answer.path(field), value);
  }

  /** The share of the outputs of a class that are right, as {@link CorpusMetric#precisionOf}. */
  static SparkMetric precisionOf(String field, String value) {
    return () -> CorpusMetric.precisionOf((ObjectNode answer) -> answer.path(field), value);
  }

  /** The share of the labels of a class that are found, as {@link CorpusMetric#recallOf}. */
  static SparkMetric recallOf(String field, String value) {
    return () -> CorpusMetric.recallOf((ObjectNode answer) -> answer.path(field), value);
  }

  /** Matthews' correlation coefficient, as {@link CorpusMetric#matthews}. */
  static SparkMetric matthews(String field) {
    return () -> CorpusMetric.matthews((ObjectNode answer) -> answer.path(field));
  }

  /** Cohen's kappa, as {@link CorpusMetric#kappa}. */
  static SparkMetric kappa(String field) {
    return () -> CorpusMetric.kappa((ObjectNode answer) -> answer.path(field));
  }
}
