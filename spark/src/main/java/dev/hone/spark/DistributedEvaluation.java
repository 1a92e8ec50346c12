package dev.hone.spark;

import dev.hone.InvalidInputException;
import dev.hone.SettingCheck;
import dev.hone.data.Example;
import dev.hone.evaluate.EvaluationEngine;
import dev.hone.evaluate.EvaluationSettings;
import dev.hone.evaluate.ExampleResult;
import dev.hone.evaluate.Outcome;
import dev.hone.metric.CorpusMetric;
import dev.hone.metric.Metric;
import dev.hone.program.ProgramState;
import dev.hone.spark.column.InputColumns;
import dev.hone.stats.Interval;
import dev.hone.type.Field;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A metric over rows on all executors; what comes back are counts. */
final class DistributedEvaluation {
  private final RowsToAnswer work;
  private final SparkMetric metric;

  DistributedEvaluation(
      Dataset<Row> rows, SparkProgram program, SparkModel model, SparkMetric metric) {
    this.work = new RowsToAnswer(rows, program, model);
    this.metric = SettingCheck.given("metric", metric);
  }

  /**
   * What goes to the executors.
   *
   * @param work how a row is read and answered
   * @param labels which column is which output; null where the metric reads no label
   * @param metric makes the metric
   */
  private record Work(RowsToAnswer.Work work, @Nullable InputColumns labels, SparkMetric metric)
      implements Serializable {
    byte[] counted(Iterator<Row> rows) {
      EvaluationCounts counts = new EvaluationCounts();
      ExecutorProgram here = work.here();
      Counting counting = new Counting(metric.metric());
      EvaluationEngine<ObjectNode, ObjectNode> engine =
          new EvaluationEngine<>(
              work.program().load().program(), counting.metric, EvaluationSettings.defaults());
      ProgramState state = engine.runner().predictors().initialState();
      Function<Row, Evaluated> one =
          row -> {
            Example<ObjectNode, ObjectNode> example;
            try {
              example = example(row);
            } catch (InvalidInputException e) {
              return Evaluated.UNREADABLE;
            }
            return example.hasLabel() || labels == null
                ? new Evaluated(here.context().call(() -> engine.evaluateOne(state, example)), true)
                : Evaluated.UNLABELLED;
          };
      PartitionWork.of(rows, one, here.threads(), here.mostUnderWay())
          .forEachRemaining(found -> counting.count(found, counts));
      return counts.toBytes();
    }

    private Example<ObjectNode, ObjectNode> example(Row row) {
      List<Field> inputs = work.program().signature().inputFields();
      List<Field> outputs = work.program().signature().outputFields();
      ObjectNode input = work.inputs().input(row, inputs);
      return labels == null || labels.isEmpty(row)
          ? Example.unlabelled(input)
          : Example.of(input, labels.input(row, outputs));
    }
  }

  /**
   * What became of a row.
   *
   * @param result what the engine found; null if the row was not evaluated
   * @param readable whether its values fit the program's fields
   */
  private record Evaluated(
      @Nullable ExampleResult<ObjectNode, ObjectNode> result, boolean readable) {
    static final Evaluated UNREADABLE = new Evaluated(null, false);
    static final Evaluated UNLABELLED = new Evaluated(null, true);
  }

  /** Counts results as an evaluation on one machine does. */
  private static final class Counting {
    private static final double FAILURE_SCORE = EvaluationSettings.defaults().failureScore();

    private final Metric<ObjectNode, ObjectNode> metric;
    private final @Nullable CorpusMetric<ObjectNode, ObjectNode> corpus;

    Counting(Metric<ObjectNode, ObjectNode> metric) {
      this.metric = metric;
      this.corpus = metric instanceof CorpusMetric<ObjectNode, ObjectNode> whole ? whole : null;
    }

    void count(Evaluated found, EvaluationCounts counts) {
      counts.rows++;
      ExampleResult<ObjectNode, ObjectNode> result = found.result();
      if (result == null) {
        counts.unreadable += found.readable() ? 0 : 1;
        counts.unlabelled += found.readable() ? 1 : 0;
        return;
      }
      counts.spent(result.spend().plus(result.judgeSpend()));
      Outcome<ObjectNode> outcome = result.outcome();
      if (outcome instanceof Outcome.Scored<ObjectNode> scored) {
        score(result, scored.score().value(), counts);
      } else if (outcome instanceof Outcome.ProgramFailed<ObjectNode>) {
        counts.failed++;
        score(result, FAILURE_SCORE, counts);
      } else if (outcome instanceof Outcome.LmUnavailable<ObjectNode>) {
        counts.unavailable++;
      } else {
        counts.metricFailed++;
      }
    }

    private void score(
        ExampleResult<ObjectNode, ObjectNode> result, double score, EvaluationCounts counts) {
      counts.scores = counts.scores.plus(Interval.Sample.of(score));
      if (corpus != null) {
        counts.observe(corpus.observation(result.example(), result.output().orElse(null), score));
      }
    }
  }

  SparkEvaluation run() {
    Metric<ObjectNode, ObjectNode> here = metric.metric();
    if (here instanceof CorpusMetric<ObjectNode, ObjectNode> corpus
        && !corpus.objective().takesFractions()) {
      throw InvalidInputException.of(
          "The metric %s asks for all examples at once, and no counts of parts give it"
              .formatted(here.name()),
          "use one of CorpusMetric's own, or evaluate a sample on one machine");
    }
    InputColumns labels =
        here.needsLabel()
            ? InputColumns.of(
                work.work().program().signature().outputFields(),
                work.rows().schema(),
                work.work().program().load().columns())
            : null;
    Work sent = new Work(work.work(), labels, metric);
    List<byte[]> parts =
        work.rows()
            .mapPartitions(
                (MapPartitionsFunction<Row, byte[]>) part -> List.of(sent.counted(part)).iterator(),
                Encoders.BINARY())
            .collectAsList();
    EvaluationCounts all = new EvaluationCounts();
    parts.forEach(part -> all.add(EvaluationCounts.ofBytes(part)));
    return SparkEvaluation.of(here, all);
  }
}
