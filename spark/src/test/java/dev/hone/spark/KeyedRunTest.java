package dev.hone.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.compiled.Compiled;
import dev.hone.program.Predict;
import dev.hone.spark.ledger.Ledger;
import dev.hone.spark.ledger.LedgerLines;
import dev.hone.spark.ledger.LedgerTotals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyedRunTest {
  private static SparkSession spark;
  private static final SparkProgram PROGRAM =
      SparkProgram.of(
          Compiled.of(Predict.of("text -> topic: enum[delivery|billing], urgency: int")));

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    spark = Sessions.local();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static Dataset<Row> messages(int count) {
    return spark
        .range(0, count, 1, 3)
        .select(
            functions.col("id"),
            functions.concat(functions.lit("message "), functions.col("id")).as("text"));
  }

  private String out() {
    return folder.resolve("out").toUri().toString();
  }

  private List<Path> lines() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("out/ledger"))) {
      return files.filter(file -> file.toString().endsWith(".jsonl")).sorted().toList();
    }
  }

  private static void cut(Path file, int linesKept, String torn) throws IOException {
    List<String> all = Files.readAllLines(file);
    Files.write(file, all.subList(0, linesKept));
    Files.writeString(file, torn, StandardOpenOption.APPEND);
  }

  @Test
  void everyRowIsAnsweredOnceAndAStartLaterPaysForNothing() {
    SparkModel model = SparkModel.named("scripted:keyed").withoutCache();

    SparkAnswers first = HoneSpark.run(messages(100), "id", PROGRAM, model, out());
    List<Long> ids = ids(first.rows());
    long paid = ScriptedProvider.calls("keyed");
    SparkAnswers second = HoneSpark.run(messages(100), "id", PROGRAM, model, out());
    SparkAnswers longer = HoneSpark.run(messages(110), "id", PROGRAM, model, out());

    assertThat(first.report().rows()).isEqualTo(100);
    assertThat(first.report().failed()).isEqualTo(10);
    assertThat(first.report().failures()).containsEntry("UnparsableReplyException", 10L);
    assertThat(first.report().spend().lmCalls()).isEqualTo(paid);
    assertThat(first.report().lostAtMost()).isZero();
    assertThat(ids).containsExactlyElementsOf(LongStream.range(0, 100).boxed().toList());
    assertThat(second.report().spend()).isEqualTo(first.report().spend());
    assertThat(longer.report().rows()).isEqualTo(110);
    assertThat(longer.report().spend().lmCalls()).isEqualTo(ScriptedProvider.calls("keyed"));
    assertThat(ScriptedProvider.calls("keyed") - paid).isLessThan(paid / 5);
    assertThat(
            longer
                .rows()
                .filter("hone.answer.topic <> if(id % 3 = 0, 'delivery', 'billing')")
                .count())
        .isZero();
  }

  private static List<Long> ids(Dataset<Row> rows) {
    return rows.select("id").collectAsList().stream().map(row -> row.getLong(0)).sorted().toList();
  }

  @Test
  @Tag("once")
  void whatAKillLeftIsReadFirstAndTheRestIsAskedAgain() throws IOException {
    SparkModel model = SparkModel.named("scripted:killed").withoutCache();
    SparkAnswers whole = HoneSpark.run(messages(90), "id", PROGRAM, model, out());
    List<Long> ids = ids(whole.rows());
    long paid = ScriptedProvider.calls("killed");

    for (Path file : lines()) {
      cut(file, 11, "{\"key\":\"7\",\"output\":{\"topic\":\"deli");
    }
    SparkAnswers again = HoneSpark.run(messages(90), "id", PROGRAM, model, out());

    assertThat(ids(again.rows())).isEqualTo(ids);
    assertThat(again.report().lostAtMost()).isPositive();
    // 3 tasks with 10 rows each are kept; what was cut away is paid for and asked again.
    long rest = ScriptedProvider.calls("killed") - paid;
    assertThat(rest).isBetween(60L, 60L + 2 * 9);
    assertThat(again.report().rowsPaid()).isEqualTo(90);
    assertThat(again.rows().filter("hone.answer is null and hone.failure is null").count())
        .isZero();
  }

  @Test
  @Tag("once")
  void anAttemptSkipsWhatEarlierAttemptsOfItsTaskWerePaidFor() throws IOException {
    HoneSpark.run(messages(30), "id", PROGRAM, SparkModel.named("scripted:attempt"), out());
    Path first = lines().get(0);
    String start = String.valueOf(first.getParent().getFileName());
    Ledger ledger = Ledger.of(out(), spark.sparkContext().hadoopConfiguration());

    assertThat(ledger.keys(start, 0, false)).hasSize(10).contains("0", "9");
    assertThat(ledger.keys(start, 0, true)).hasSize(9).doesNotContain("9");
    assertThat(ledger.keys(start, 7, false)).isEmpty();
  }

  @Test
  @Tag("once")
  void aTaskThatFailedIsGoneOnWithAndItsCostIsCounted() {
    SparkModel model = SparkModel.named("scripted:flaky-task").withoutCache();
    // The second read of a row fails: after the task has paid for those before it.
    Dataset<Row> once =
        messages(40).withColumn("boom", functions.expr("if(id = 39, raise_error('away'), null)"));

    assertThatThrownBy(
            () -> HoneSpark.run(once.filter("boom is null"), "id", PROGRAM, model, out()))
        .hasStackTraceContaining("away");
    assertThatThrownBy(
            () ->
                HoneSpark.run(
                    messages(3), "id", PROGRAM, SparkModel.named("scripted:other"), out()))
        .hasMessageContaining("is of a run with another model")
        .hasMessageContaining("Maybe name a new folder");
  }

  @Test
  @Tag("once")
  void aRefusedKeyKeepsWhatWasPaidForAndCountsItsOwnCall() {
    SparkModel model = SparkModel.named("scripted:unauthorized-keyed").withoutCache();

    assertThatThrownBy(() -> HoneSpark.run(messages(10), "id", PROGRAM, model, out()))
        .hasStackTraceContaining("The key is refused");
    LedgerTotals totals =
        LedgerTotals.of(
            LedgerLines.of(spark, Ledger.of(out(), spark.sparkContext().hadoopConfiguration())));

    assertThat(totals.lines()).isZero();
    assertThat(totals.spend().lmCalls())
        .isEqualTo(ScriptedProvider.calls("unauthorized-keyed"))
        .isPositive();
  }

  @Test
  @Tag("once")
  void ofTwoAttemptsOneAnswerCountsAndBothArePaid() throws IOException {
    SparkModel model = SparkModel.named("scripted:twice").withoutCache();
    SparkAnswers first = HoneSpark.run(messages(30), "id", PROGRAM, model, out());

    Path file = lines().get(0);
    Files.copy(file, file.resolveSibling("p00000-a999-s0.jsonl"));
    SparkAnswers both = HoneSpark.run(messages(30), "id", PROGRAM, model, out());

    assertThat(both.report().rows()).isEqualTo(30);
    assertThat(both.report().rowsPaid()).isEqualTo(40);
    assertThat(both.report().spend().lmCalls()).isGreaterThan(first.report().spend().lmCalls());
  }

  @Test
  @Tag("once")
  void rowsThatFailedStayUnlessAskedAgain() {
    SparkModel model = SparkModel.named("scripted:again").withoutCache();
    HoneSpark.run(messages(30), "id", PROGRAM, model, out());
    long paid = ScriptedProvider.calls("again");

    SparkAnswers again = HoneSpark.runAgain(messages(30), "id", PROGRAM, model, out());

    assertThat(ScriptedProvider.calls("again") - paid).isBetween(3L, 9L);
    assertThat(again.report().rows()).isEqualTo(30);
    assertThat(again.report().failed()).isEqualTo(3);
  }

  @Test
  @Tag("once")
  void aKeyThatDoesNotTellRowsApartIsRefusedBeforeAnyCall() {
    SparkModel model = SparkModel.named("scripted:dup");
    Dataset<Row> twice = messages(5).union(messages(2));

    assertThatThrownBy(() -> HoneSpark.run(twice, "id", PROGRAM, model, out()))
        .hasMessageContaining("The key id does not tell rows apart: rows of a value:")
        .hasMessageContaining("0 of 2");
    assertThatThrownBy(() -> HoneSpark.run(twice, "key", PROGRAM, model, out()))
        .hasMessageContaining("There is no column key");
    assertThat(ScriptedProvider.calls("dup")).isZero();
  }

  /** An id that is there from the third time on that the rows are read. */
  private static boolean isThere(long id) {
    long reads = id == 0 ? READS.incrementAndGet() : READS.get();
    return id < 5 || reads > 2;
  }

  private static final AtomicLong READS = new AtomicLong();

  @Test
  @Tag("once")
  void rowsThatComeWhileItRunsAreNotLeftOutInSilence() {
    SparkModel model = SparkModel.named("scripted:grows").withoutCache();
    Dataset<Row> growing =
        messages(7).coalesce(1).filter((FilterFunction<Row>) row -> isThere(row.getLong(0)));

    assertThatThrownBy(() -> HoneSpark.run(growing, "id", PROGRAM, model, out()))
        .hasMessageContaining("2 rows in ")
        .hasMessageContaining("Maybe start it again with the same folder");
    assertThat(ScriptedProvider.calls("grows")).isEqualTo(5);

    SparkAnswers answers = HoneSpark.run(growing, "id", PROGRAM, model, out());

    assertThat(ids(answers.rows())).hasSize(7);
    assertThat(ScriptedProvider.calls("grows")).isEqualTo(7);
  }

  @Test
  @Tag("once")
  void aFileThatAKilledProcessLeftOpenIsReadToItsEnd() {
    SparkModel model = SparkModel.named("scripted:open").withoutCache();
    String out = "unclosed://" + folder.resolve("out");

    SparkAnswers answers = HoneSpark.run(messages(30), "id", PROGRAM, model, out);

    assertThat(ids(answers.rows())).hasSize(30);
    assertThat(answers.report().spend().lmCalls()).isEqualTo(ScriptedProvider.calls("open"));
  }

  @Test
  @Tag("once")
  void aNameWithAnotherMeaningForSparkIsAKeyAndOneThatIsTakenIsRefused() {
    SparkModel model = SparkModel.named("scripted:names").withoutCache();

    SparkAnswers answers =
        HoneSpark.run(
            messages(6).withColumnRenamed("id", "ticket.id"), "ticket.id", PROGRAM, model, out());

    assertThat(answers.rows().count()).isEqualTo(6);
    long paid = ScriptedProvider.calls("names");
    assertThatThrownBy(
            () ->
                HoneSpark.run(
                    messages(3).withColumn("Hone", functions.lit(1)), "id", PROGRAM, model, out()))
        .hasMessageContaining("have a column hone already");
    assertThat(ScriptedProvider.calls("names")).isEqualTo(paid);
  }

  @Test
  @Tag("once")
  void theJobOfACommandLineAnswersAFile() throws IOException {
    Path program = folder.resolve("topic.json");
    Compiled.of(Predict.of("text -> topic: enum[delivery|billing], urgency: int")).save(program);
    Path csv = folder.resolve("in.csv");
    Files.writeString(csv, "no,text\n1,message 1\n2,message 2\n3,message 9\n");
    String[] args = {
      "--program",
      program.toString(),
      "--model",
      "scripted:job",
      "--in",
      csv.toString(),
      "--key",
      "no",
      "--out",
      out(),
      "--in-flight",
      "2"
    };

    assertThat(SparkJob.run(spark, args)).isEqualTo(1);

    assertThat(spark.read().parquet(out() + "/answers").filter("hone.answer is not null").count())
        .isEqualTo(2);
    assertThatThrownBy(() -> SparkJob.run(spark, "--modle", "x"))
        .hasMessageContaining("Maybe use --model");
  }
}
