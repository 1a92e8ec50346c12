package dev.hone.benchmarks.agent;

import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.evaluate.Evaluation;
import dev.hone.evaluate.Evaluator;
import dev.hone.examples.hop.TwoHopTutorial;
import dev.hone.examples.hop.TwoHopTutorial.Answered;
import dev.hone.examples.hop.TwoHopTutorial.Question;
import dev.hone.examples.hop.TwoHopTutorial.TwoHop;
import dev.hone.local.EmbeddedModel;
import dev.hone.program.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What MIPROv2 gains on the two-hop program of {@link TwoHopTutorial} with the embedded model, on
 * the test questions that take two passages, which no optimizer sees, over several seeds. Writes
 * {@code two-hop.csv} and {@code two-hop.md}. Takes some minutes.
 */
public final class TwoHopBenchmark {
  private static final Path DATA = Path.of("examples/src/main/resources/dev/hone/examples/search");
  private static final String BEFORE = "as written";
  private static final String TEACHER = "teacher, four questions shown";
  private static final String TUNED = "MIPROv2 with that teacher";

  private final Path train = DATA.resolve("train.json");
  private final Dataset<Question, Answered> test =
      TwoHopTutorial.questions(DATA.resolve("test.json"));
  private final TwoHop program =
      TwoHop.over(TwoHopTutorial.index(train, DATA.resolve("test.json")));
  private final Context context = Context.builder().lm(EmbeddedModel.load()).build();
  private final Map<String, List<Row>> rows = new LinkedHashMap<>();

  /** One program: its score on the test questions and the parts of it, in percent. */
  private record Row(long seed, double score, double answers, double recall) {}

  private TwoHopBenchmark() {}

  /**
   * Runs everything from the checkout's folder.
   *
   * @param arguments the folder to write to, {@code benchmarks/agent/results} if left out; then the
   *     number of seeds, 5
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments.length > 0 ? arguments[0] : "benchmarks/agent/results");
    int seeds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
    TwoHopBenchmark benchmark = new TwoHopBenchmark();
    benchmark.context.run(() -> benchmark.run(seeds));
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("two-hop.csv"), benchmark.csv());
    Files.writeString(folder.resolve("two-hop.md"), benchmark.markdown(seeds));
  }

  private void run(int seeds) {
    measure(BEFORE, 0, program);
    for (long seed = 1; seed <= seeds; seed++) {
      measure(TEACHER, seed, TwoHopTutorial.teacher(program, train, seed));
      measure(TUNED, seed, TwoHopTutorial.tuned(program, train, seed));
    }
  }

  private void measure(String name, long seed, Program<Question, Answered> answering) {
    Evaluation<?, ?> evaluation = Evaluator.of(test, TwoHopTutorial.metric()).evaluate(answering);
    Map<String, Double> parts = evaluation.scoreByPart();
    Row row =
        new Row(
            seed,
            100 * evaluation.score(),
            100 * parts.getOrDefault("answer exact match", 0.0),
            100 * parts.getOrDefault("recall of passages", 0.0));
    rows.computeIfAbsent(name, added -> new ArrayList<>()).add(row);
    System.out.println(name + " " + row);
  }

  private String csv() {
    StringBuilder text = new StringBuilder("program,seed,score,answers,recall\n");
    rows.forEach(
        (name, all) ->
            all.forEach(
                row ->
                    text.append(
                        String.format(
                            Locale.ROOT,
                            "\"%s\",%d,%.1f,%.1f,%.1f%n",
                            name,
                            row.seed(),
                            row.score(),
                            row.answers(),
                            row.recall()))));
    return text.toString();
  }

  private String markdown(int seeds) {
    StringBuilder text = new StringBuilder(HEADER.formatted(test.examples().size(), seeds));
    rows.forEach(
        (name, all) ->
            text.append(
                "| %s | %s | %s | %s |%n"
                    .formatted(
                        name,
                        SeedMean.of(all.stream().mapToDouble(Row::score)),
                        SeedMean.of(all.stream().mapToDouble(Row::answers)),
                        SeedMean.of(all.stream().mapToDouble(Row::recall)))));
    text.append(
        "%nMIPROv2 gains %s points of score on the program as written".formatted(gain(BEFORE)));
    return text.append(", %s on its teacher.%n".formatted(gain(TEACHER))).toString();
  }

  /** The gain of what was tuned, seed by seed. */
  private SeedMean gain(String on) {
    return SeedMean.ofGains(scores(TUNED), scores(on));
  }

  private double[] scores(String name) {
    return rows.getOrDefault(name, List.of()).stream().mapToDouble(Row::score).toArray();
  }

  private static final String HEADER =
      """
      # What MIPROv2 gains on the two-hop program

      Written by `TwoHopBenchmark`: percent on %d test questions, which no optimizer saw; %d seeds, means with
      95%% intervals over seeds. The score is the mean of exact match of the answer and recall of the two passages needed.
      The embedded model answers and proposes. By each seed other four questions are shown to the teacher.

      ```
      mvn -q -DskipTests package
      java -cp benchmarks/target/benchmarks.jar dev.hone.benchmarks.agent.TwoHopBenchmark
      ```

      | program | score | exact match | recall |
      |---|---|---|---|
      """;
}
