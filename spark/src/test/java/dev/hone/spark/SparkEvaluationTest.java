package dev.hone.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hone.compiled.Compiled;
import dev.hone.compiled.DynamicProgram;
import dev.hone.context.Context;
import dev.hone.data.Example;
import dev.hone.evaluate.Evaluation;
import dev.hone.evaluate.Evaluator;
import dev.hone.lm.LanguageModel;
import dev.hone.metric.CorpusMetric;
import dev.hone.metric.Metric;
import dev.hone.program.Predict;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class SparkEvaluationTest {
  private static final int ROWS = 120;
  private static SparkSession spark;

  @TempDir static Path folder;

  private static Path artifact;

  @BeforeAll
  static void start() {
    spark = Sessions.local();
    artifact = folder.resolve("topic.json");
    Compiled.of(Predict.of("text -> topic: enum[delivery|billing], urgency: int")).save(artifact);
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  /** Every fourth label is not what the model says. */
  private static String label(int number) {
    return number % 4 == 1 ? "delivery" : ScriptedProvider.topic(number);
  }

  private static Dataset<Row> labelled() {
    return spark
        .range(0, ROWS, 1, 5)
        .select(
            functions.expr("concat('message ', id) as text"),
            functions.expr(
                "if(id % 4 = 1, 'delivery', if(id % 3 = 0, 'delivery', 'billing')) as topic"),
            functions.expr("cast(id % 7 as int) as urgency"));
  }

  private static Evaluation<ObjectNode, ObjectNode> alone(Metric<ObjectNode, ObjectNode> metric) {
    DynamicProgram program = Compiled.loadDynamic(artifact);
    List<Example<ObjectNode, ObjectNode>> examples =
        IntStream.range(0, ROWS)
            .mapToObj(
                i ->
                    Example.of(
                        Map.of("text", "message " + i, "topic", label(i), "urgency", i % 7),
                        program.signature()))
            .toList();
    Context context = Context.builder().lm(LanguageModel.named("scripted:eval-alone")).build();
    return context.call(
        () -> Evaluator.of(dev.hone.data.Dataset.of(examples), metric).evaluate(program));
  }

  private static SparkEvaluation spread(SparkMetric metric) {
    return HoneSpark.evaluate(
        labelled(), SparkProgram.of(artifact), SparkModel.named("scripted:eval"), metric);
  }

  @Test
  @Tag("once")
  void aMeanIsThatOfOneMachineWithItsInterval() {
    SparkMetric exact = SparkMetric.exact("topic");

    SparkEvaluation found = spread(exact);
    Evaluation<ObjectNode, ObjectNode> expected = alone(exact.metric());

    assertThat(found.score()).isEqualTo(expected.score(), within(1e-12));
    assertThat(found.interval().lower()).isEqualTo(expected.interval().lower(), within(1e-12));
    assertThat(found.interval().upper()).isEqualTo(expected.interval().upper(), within(1e-12));
    assertThat(found.rows()).isEqualTo(ROWS);
    assertThat(found.failed()).isEqualTo(12);
    assertThat(found.score()).isBetween(0.5, 0.9);
  }

  @Test
  @Tag("once")
  void numbersOfWholeSetsAreThoseOfOneMachine() {
    for (SparkMetric metric :
        List.of(
            SparkMetric.macroF1("topic"),
            SparkMetric.recallOf("topic", "delivery"),
            SparkMetric.kappa("topic"))) {
      SparkEvaluation found = spread(metric);
      Evaluation<ObjectNode, ObjectNode> expected = alone(metric.metric());

      assertThat(found.score()).isEqualTo(expected.score(), within(1e-12));
      assertThat(found.interval().lower()).isEqualTo(expected.interval().lower(), within(0.02));
    }
  }

  @Test
  void aMetricOfYourOwnIsALambda() {
    SparkEvaluation found = spread(() -> Metric.exact(answer -> answer.path("urgency")));

    assertThat(found.score()).isEqualTo(0.9, within(1e-12));
  }

  @Test
  @Tag("once")
  void rowsWithoutALabelAreLeftOutAndNotPaidFor() {
    Dataset<Row> half =
        labelled()
            .withColumn("topic", functions.expr("if(text > 'message 5', null, topic)"))
            .withColumn("urgency", functions.expr("if(text > 'message 5', null, urgency)"));
    long without = half.filter("topic is null").count();

    SparkEvaluation found =
        HoneSpark.evaluate(
            half,
            SparkProgram.of(artifact),
            SparkModel.named("scripted:eval-half").withoutCache(),
            SparkMetric.exact("topic"));

    assertThat(found.unlabelled()).isEqualTo(without).isPositive();
    assertThat(found.scored()).isEqualTo(ROWS - without);
    assertThat(found.spend().lmCalls()).isEqualTo(ScriptedProvider.calls("eval-half"));
  }

  @Test
  void aFormulaOfAllExamplesIsRefusedOnTheDriver() {
    assertThatThrownBy(
            () ->
                spread(
                    () ->
                        CorpusMetric.of(
                            "own", Metric.exact((ObjectNode o) -> o.path("topic")), all -> 1)))
        .hasMessageContaining("The metric own asks for all examples at once");
  }
}
