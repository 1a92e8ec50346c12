package dev.hone.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.batch.BatchResult;
import dev.hone.batch.BatchRow;
import dev.hone.batch.BatchRun;
import dev.hone.compiled.Compiled;
import dev.hone.compiled.DynamicProgram;
import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.lm.LanguageModel;
import dev.hone.program.Predict;
import dev.hone.spark.column.AnswerColumns;
import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class HoneSparkTest {
  private static SparkSession spark;

  @TempDir static Path folder;

  private static Path artifact;
  private static SparkProgram program;

  @BeforeAll
  static void start() {
    spark = Sessions.local();
    artifact = folder.resolve("topic.json");
    Compiled.of(Predict.of("text -> topic: enum[delivery|billing], urgency: int")).save(artifact);
    program = SparkProgram.of(artifact);
  }

  @Test
  void aNameWithAPasswordIsRefusedAndNotRepeated() {
    assertThatThrownBy(() -> SparkModel.named("scripted:plain@http://me:hunter2@host/v1"))
        .hasMessageContaining("has a credential in it")
        .hasMessageNotContaining("hunter2");
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static org.apache.spark.sql.Dataset<Row> messages(int count) {
    return spark
        .range(0, count, 1, 4)
        .select(
            functions.col("id"),
            functions.concat(functions.lit("message "), functions.col("id")).as("text"));
  }

  @Test
  void answersAreThoseOfABatchOnOneMachineRowForRow() {
    int count = 200;
    DynamicProgram alone = Compiled.loadDynamic(artifact);
    List<Example<ObjectNode, ObjectNode>> examples =
        IntStream.range(0, count)
            .mapToObj(i -> Predict.of("text -> topic").inputs(Map.of("text", "message " + i)))
            .map(Example::<ObjectNode, ObjectNode>unlabelled)
            .toList();
    Context context = Context.builder().lm(LanguageModel.named("scripted:alone")).build();
    BatchResult<ObjectNode, ObjectNode> batch =
        context.call(() -> BatchRun.of(alone).run(Dataset.of(examples)));

    List<Row> rows =
        HoneSpark.answer(messages(count), program, SparkModel.named("scripted:many"))
            .collectAsList();

    assertThat(rows).hasSize(count);
    for (int i = 0; i < count; i++) {
      Row answered = rows.get(i).getAs("hone");
      BatchRow<ObjectNode, ObjectNode> expected = batch.rows().get(i);
      Row answer = answered.getAs("answer");
      Row failure = answered.getAs("failure");
      Row usage = answered.getAs("usage");
      if (expected.output().isPresent()) {
        ObjectNode output = expected.output().get();
        assertThat(answer.<String>getAs("topic")).isEqualTo(output.path("topic").stringValue());
        assertThat(((Number) answer.getAs("urgency")).longValue())
            .isEqualTo(output.path("urgency").longValue());
        assertThat(failure).isNull();
      } else {
        assertThat(answer).isNull();
        assertThat(failure.<String>getAs("kind")).isEqualTo(expected.errorClass());
        assertThat(failure.<String>getAs("message")).isEqualTo(expected.problem());
      }
      assertThat(usage.<Long>getAs("calls")).isEqualTo(expected.spend().lmCalls());
      assertThat(usage.<Long>getAs("prompt_tokens"))
          .isEqualTo(expected.spend().usage().promptTokens());
    }
    assertThat(rows.stream().filter(row -> row.<Row>getAs("hone").isNullAt(0)).count())
        .isEqualTo(20);
  }

  @Test
  void oneProcessHasOnePipelineWhateverTheNumberOfTasks() {
    HoneSpark.answer(messages(100), program, SparkModel.named("scripted:slow-one").maxInFlight(3))
        .collectAsList();

    assertThat(ScriptedProvider.MADE.get("slow-one")).hasValue(1);
    assertThat(ScriptedProvider.MOST.get("slow-one").get()).isBetween(2, 3);
  }

  @Test
  void aRegisteredFunctionIsUsableFromSqlAndCalledOncePerRow() {
    HoneSpark.register(spark, "classify", artifact.toString(), "scripted:sql");
    messages(20).createOrReplaceTempView("messages");

    List<Row> rows =
        spark
            .sql(
                "select id, c.answer.topic, c.failure.kind, c.usage.calls from"
                    + " (select id, classify(text) as c from messages where id < 9) order by id")
            .collectAsList();

    assertThat(rows).hasSize(9);
    assertThat(rows).allMatch(row -> row.getString(1).equals(topic(row.getLong(0))));
    assertThat(ScriptedProvider.calls("sql")).isEqualTo(9);
  }

  @Test
  void aFunctionOfSeveralInputsTakesAStructMatchedByName() {
    SparkProgram two =
        SparkProgram.of(Compiled.of(Predict.of("subject, text -> topic, urgency: int")));
    HoneSpark.register(spark, "classify2", two, SparkModel.named("scripted:struct"));
    messages(3).withColumn("subject", functions.lit("hello")).createOrReplaceTempView("two");

    List<Row> rows =
        spark
            .sql("select classify2(struct(text, subject)).answer.topic from two order by id")
            .collectAsList();

    assertThat(rows)
        .extracting(row -> row.getString(0))
        .containsExactly("delivery", "billing", "billing");
    assertThatThrownBy(() -> spark.sql("select classify2(text) from two").collectAsList())
        .hasStackTraceContaining("call it with struct(subject, text)");
  }

  private static String topic(long number) {
    return ScriptedProvider.topic((int) number);
  }

  @Test
  void whatDoesNotFitIsSaidOnTheDriverBeforeAnyCall() {
    SparkModel model = SparkModel.named("scripted:never");
    var misspelt = messages(5).withColumnRenamed("text", "txt");
    var wrong = messages(5).withColumn("text", functions.array(functions.col("text")));

    assertThatThrownBy(() -> HoneSpark.answer(misspelt, program, model))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("There is no column text, expected text; the columns are [id, txt]")
        .hasMessageContaining("Maybe rename txt to text");
    assertThatThrownBy(() -> HoneSpark.answer(wrong, program, model))
        .hasMessageContaining("The column text is of the type array<string>, expected text")
        .hasMessageContaining("Maybe cast it to string");
    assertThatThrownBy(
            () ->
                HoneSpark.answer(messages(1).withColumn("hone", functions.lit(1)), program, model))
        .hasMessageContaining("have a column hone already");
    assertThat(ScriptedProvider.calls("never")).isZero();
  }

  @Test
  void aMissingValueCostsItsRowOnly() {
    var holes =
        messages(4)
            .withColumn(
                "text",
                functions
                    .when(functions.col("id").equalTo(2), functions.lit(null))
                    .otherwise(functions.col("text")));

    List<Row> rows =
        HoneSpark.answer(holes, program, SparkModel.named("scripted:holes"))
            .orderBy("id")
            .collectAsList();

    assertThat(rows.get(2).<Row>getAs("hone").<Row>getAs("failure").getString(1))
        .contains("the value is missing");
    assertThat(ScriptedProvider.calls("holes")).isEqualTo(3);
  }

  @Test
  void aRefusedKeyEndsTheJob() {
    var rows = HoneSpark.answer(messages(50), program, SparkModel.named("scripted:unauthorized"));

    assertThatThrownBy(rows::collectAsList).hasStackTraceContaining("The key is refused");
  }

  @Test
  void ratesAreDividedByTheExecutors() {
    SparkModel model = SparkModel.named("scripted:rate").requestsPerMinute(600).tokensPerMinute(90);

    assertThat(model.executors(4).share(OptionalInt.empty()))
        .isEqualTo(
            SparkModel.named("scripted:rate")
                .requestsPerMinute(150)
                .tokensPerMinute(22)
                .executors(1));
    assertThatThrownBy(() -> model.share(OptionalInt.empty()))
        .hasMessageContaining("to be divided by the number of executors")
        .hasMessageContaining("Maybe call executors(4), or set spark.executor.instances");
    assertThatThrownBy(() -> model.executors(100).share(OptionalInt.empty()))
        .hasMessageContaining("tokensPerMinute (90) is less than the number of executors (100)");
    assertThat(ExecutorCount.of(spark)).hasValue(1);
  }

  @Test
  void everyTypeOfFieldHasItsColumn() {
    SparkProgram typed =
        SparkProgram.of(
            Compiled.of(
                Predict.of(
                    "text -> n: int, x: float, ok: bool, tags: list[str], day: date,"
                        + " more: dict[str, int], maybe: str?")));

    assertThat(
            AnswerColumns.schema(typed.signature().outputFields())
                .apply("answer")
                .dataType()
                .catalogString())
        .isEqualTo(
            "struct<n:bigint,x:double,ok:boolean,tags:array<string>,day:date,more:map<string,bigint>,maybe:string>");
  }

  @Test
  void whatTravelsIsDataWithoutCode() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new ObjectOutputStream(bytes).writeObject(program);

    String sent = bytes.toString(StandardCharsets.ISO_8859_1);
    assertThat(sent).contains("\"predictors\"").doesNotContain("dev.hone.program");
  }
}
