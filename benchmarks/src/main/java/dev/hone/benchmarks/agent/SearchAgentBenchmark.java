package dev.hone.benchmarks.agent;

import dev.hone.agents.ReAct;
import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.datasets.HotPotQa;
import dev.hone.datasets.HotPotQa.Answer;
import dev.hone.datasets.HotPotQa.Question;
import dev.hone.embed.Embedder;
import dev.hone.evaluate.Evaluation;
import dev.hone.evaluate.Evaluator;
import dev.hone.lm.Capabilities;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.local.EmbeddedModel;
import dev.hone.metric.Metric;
import dev.hone.optimize.Teacher;
import dev.hone.optimize.candidate.BootstrapSettings;
import dev.hone.optimize.fewshot.BootstrapFewShot;
import dev.hone.optimize.mipro.MiproV2;
import dev.hone.program.Program;
import dev.hone.retrieve.EmbeddingIndex;
import dev.hone.retrieve.Passage;
import dev.hone.tool.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What optimizers gain on the agent of the search task, with the embedded model: exact match on the
 * 144 test questions, which no optimizer sees, over several seeds. Writes {@code search-agent.csv}
 * and {@code search-agent.md}. Takes some minutes.
 */
public final class SearchAgentBenchmark {
  private static final String DATA = "examples/src/main/resources/dev/hone/examples/search";
  private static final String PLAIN = "as written";
  private static final String UNDESCRIBED = "MIPROv2, toolDescriptions(0)";
  private static final String TUNED = "MIPROv2";
  private static final int SHOWN = 8;
  private static final String TEACHER = "teacher, %d runs shown".formatted(SHOWN);
  private static final String TAUGHT = "MIPROv2 with that teacher";

  private final Dataset<Question, Answer> train;
  private final Dataset<Question, Answer> test;
  private final ReAct<Question, Answer> agent;
  private final ShownRuns shown;
  private final Metric<Question, Answer> metric = Metric.answerExactMatch(Answer::answer);
  private Counted model = new Counted();
  private Context context = Context.builder().lm(model).build();
  private final Map<String, List<Row>> rows = new LinkedHashMap<>();

  /** What the search tool takes. */
  private record Query(String query) {}

  /** One run: scores on the test questions, and the calls that it took to get there. */
  private record Row(long seed, double score, double oneHop, double twoHops, long calls) {}

  /** Counts the calls that reach the model. */
  private static final class Counted implements LanguageModel {
    private final LanguageModel model = EmbeddedModel.load();
    private final AtomicLong calls = new AtomicLong();

    @Override
    public LmResponse call(LmRequest request) {
      calls.incrementAndGet();
      return model.call(request);
    }

    @Override
    public String id() {
      return model.id();
    }

    @Override
    public Capabilities capabilities() {
      return model.capabilities();
    }
  }

  private SearchAgentBenchmark(Path data) {
    train = HotPotQa.read(data.resolve("train.json"));
    test = HotPotQa.read(data.resolve("test.json"));
    EmbeddingIndex index = index();
    shown = new ShownRuns(query -> find(index, query));
    Tool search =
        Tool.of("search", "finds passages", Query.class, query -> find(index, query.query()));
    agent = ReAct.of(Question.class, Answer.class, "Answer the question.", search).maxTurns(6);
  }

  /**
   * Runs everything from the checkout's folder.
   *
   * @param arguments the folder to write to, {@code benchmarks/agent/results} if left out; then the
   *     number of seeds, 5
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments.length > 0 ? arguments[0] : "benchmarks/agent/results");
    int seeds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
    SearchAgentBenchmark benchmark = new SearchAgentBenchmark(Path.of(DATA));
    Files.createDirectories(folder);
    benchmark.measure(PLAIN, 0, benchmark.agent, 0);
    for (int seed = 1; seed <= seeds; seed++) {
      benchmark.seed(seed);
      Files.writeString(folder.resolve("search-agent.csv"), benchmark.csv());
      Files.writeString(folder.resolve("search-agent.md"), benchmark.markdown(seed));
    }
  }

  private EmbeddingIndex index() {
    List<Passage> corpus =
        Stream.concat(train.examples().stream(), test.examples().stream())
            .flatMap(example -> HotPotQa.passages(example).stream())
            .distinct()
            .map(passage -> new Passage(passage.title(), passage.text()))
            .toList();
    return EmbeddingIndex.of(Embedder.installed().orElseThrow(), corpus);
  }

  private static String find(EmbeddingIndex index, String query) {
    return index.retrieve(query, 3).stream()
        .map(found -> found.passage().text())
        .collect(Collectors.joining("\n"));
  }

  private void seed(long seed) {
    renew();
    var bootstrap = BootstrapFewShot.defaults().bootstrap(SearchAgentBenchmark::demos).seed(seed);
    var few = context.call(() -> bootstrap.compile(agent, train, metric));
    measure("BootstrapFewShot", seed, few, model.calls.get());
    MiproV2 mipro = MiproV2.light().bootstrap(SearchAgentBenchmark::demos).seed(seed);
    tune(UNDESCRIBED, seed, mipro.toolDescriptions(0), Teacher.student());
    tune(TUNED, seed, mipro, Teacher.student());
    var teacher = agent.withDemos(shown.of(train, SHOWN, seed));
    measure(TEACHER, seed, teacher, 0);
    tune(TAUGHT, seed, mipro, Teacher.of(teacher));
  }

  private void tune(String name, long seed, MiproV2 optimizer, Teacher<Question, Answer> teacher) {
    renew();
    var tuned = context.call(() -> optimizer.compile(agent, teacher, train, metric));
    measure(name, seed, tuned, model.calls.get());
  }

  /** Begins to count, with an empty cache of replies. */
  private void renew() {
    model = new Counted();
    context = Context.builder().lm(model).build();
  }

  /** Up to 16 whole runs, found in up to 3 rounds, all but the first at temperature 1. */
  private static BootstrapSettings demos(BootstrapSettings settings) {
    return settings.withMaxBootstrappedDemos(16).withMaxRounds(3);
  }

  private void measure(String name, long seed, Program<Question, Answer> program, long calls) {
    Row row =
        new Row(
            seed,
            score(program, test),
            score(program, test.filter(example -> !HotPotQa.isHard(example))),
            score(program, test.filter(HotPotQa::isHard)),
            calls);
    rows.computeIfAbsent(name, added -> new ArrayList<>()).add(row);
    System.out.println(name + " " + row);
  }

  private double score(Program<Question, Answer> program, Dataset<Question, Answer> questions) {
    Evaluation<?, ?> evaluation =
        context.call(() -> Evaluator.of(questions, metric).evaluate(program));
    return 100 * evaluation.score();
  }

  private String csv() {
    StringBuilder text = new StringBuilder("program,seed,score,one_hop,two_hops,calls\n");
    rows.forEach(
        (name, all) ->
            all.forEach(
                row ->
                    text.append(
                        String.format(
                            Locale.ROOT,
                            "\"%s\",%d,%.1f,%.1f,%.1f,%d%n",
                            name,
                            row.seed(),
                            row.score(),
                            row.oneHop(),
                            row.twoHops(),
                            row.calls()))));
    return text.toString();
  }

  private String markdown(int seeds) {
    StringBuilder text = new StringBuilder(HEADER.formatted(test.examples().size(), seeds));
    rows.forEach((name, all) -> text.append(line(name, all)));
    return text.append("%nMIPROv2 gains %s points on the agent as written".formatted(gain(PLAIN)))
        .append(", %s on itself with `toolDescriptions(0)`,".formatted(gain(UNDESCRIBED)))
        .append(" which is what descriptions of tools add.%n".formatted())
        .toString();
  }

  private SeedMean gain(String on) {
    return SeedMean.ofGains(scores(TUNED), scores(on));
  }

  private double[] scores(String name) {
    return rows.getOrDefault(name, List.of()).stream().mapToDouble(Row::score).toArray();
  }

  private static String line(String name, List<Row> all) {
    return String.format(
        Locale.ROOT,
        "| %s | %s | %.1f | %.1f | %,.0f |%n",
        name,
        SeedMean.of(all.stream().mapToDouble(Row::score)),
        all.stream().mapToDouble(Row::oneHop).average().orElse(0),
        all.stream().mapToDouble(Row::twoHops).average().orElse(0),
        all.stream().mapToDouble(Row::calls).average().orElse(0));
  }

  private static final String HEADER =
      """
      # What optimizers gain on the search agent

      Written by `SearchAgentBenchmark`: exact match in percent on %d test questions, which no optimizer
      saw and which share no person, town, work or company with the training questions; %d seeds, means with
      95%% intervals over seeds. The embedded model answers and proposes. Calls are those that tuning took. The teacher is shown
      whole runs of other training questions by each seed, made from what the labels say of the passages that are needed.

      ```
      mvn -q -DskipTests package
      java -cp benchmarks/target/benchmarks.jar dev.hone.benchmarks.agent.SearchAgentBenchmark
      ```

      | program | score | one hop | two hops | calls |
      |---|---|---|---|---|
      """;
}
