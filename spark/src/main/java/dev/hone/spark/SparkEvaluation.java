package dev.hone.spark;

import dev.hone.InvalidInputException;
import dev.hone.context.Spend;
import dev.hone.metric.CorpusMetric;
import dev.hone.metric.Metric;
import dev.hone.stats.Estimate;
import dev.hone.stats.Interval;
import dev.hone.text.Plural;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a program scored on a data set of any size: the mean of a metric, or the number of a whole
 * set, with its 95 % confidence interval. The same as on one machine but for the last digits.
 * Immutable.
 */
public final class SparkEvaluation {
  private final String metric;
  private final Estimate score;
  private final List<String> notes;
  private final EvaluationCounts counts;

  private SparkEvaluation(
      String metric, Estimate score, List<String> notes, EvaluationCounts counts) {
    this.metric = metric;
    this.score = score;
    this.notes = notes;
    this.counts = counts;
  }

  static SparkEvaluation of(Metric<ObjectNode, ObjectNode> metric, EvaluationCounts counts) {
    if (counts.scores.size() == 0) {
      throw InvalidInputException.of(
          ("No row has a score: of %s, %d without a reply, %d whose metric failed, %d without a"
                  + " label, %d that cannot be read")
              .formatted(
                  Plural.of(counts.rows, "row"),
                  counts.unavailable,
                  counts.metricFailed,
                  counts.unlabelled,
                  counts.unreadable),
          "look at a few rows on one machine");
    }
    if (metric instanceof CorpusMetric<ObjectNode, ObjectNode> corpus) {
      var tally = counts.tally();
      return new SparkEvaluation(
          metric.name(),
          new Estimate(corpus.value(tally), corpus.interval(tally)),
          corpus.notes(tally),
          counts);
    }
    return new SparkEvaluation(
        metric.name(),
        new Estimate(counts.scores.mean(), Interval.ofMean(counts.scores, 0.95)),
        List.of(),
        counts);
  }

  /** The mean over all rows that have a score, or the number of the whole set. */
  public double score() {
    return score.value();
  }

  /** The 95 % confidence interval of the score. */
  public Interval interval() {
    return score.interval();
  }

  /** What a reader of the number of a set should know; empty for nothing. */
  public List<String> notes() {
    return notes;
  }

  /** All rows. */
  public long rows() {
    return counts.rows;
  }

  /** The rows that have a score, those whose program failed included. */
  public long scored() {
    return counts.scores.size();
  }

  /** The rows whose program failed, which score 0. */
  public long failed() {
    return counts.failed;
  }

  /** The rows that the metric failed on, which are left out. */
  public long metricFailed() {
    return counts.metricFailed;
  }

  /** The rows for which the model gave no reply, which are left out. */
  public long unavailable() {
    return counts.unavailable;
  }

  /** The rows without a label, which are left out, and not paid for. */
  public long unlabelled() {
    return counts.unlabelled;
  }

  /** The rows whose values do not fit the program's fields, which are left out. */
  public long unreadable() {
    return counts.unreadable;
  }

  /** What the attempts cost that the score is made of. */
  public Spend spend() {
    return counts.spend();
  }

  /** One line, such as {@code macro-F1 0.812 [0.790, 0.834] on 10000 rows}. */
  @Override
  public String toString() {
    return "%s %s on %s".formatted(metric, score, Plural.of(scored(), "row"));
  }
}
