package dev.hone.benchmarks.candidates;

import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.data.Split;
import dev.hone.evaluate.Evaluation;
import dev.hone.evaluate.Evaluator;
import dev.hone.evaluate.ExampleResult;
import dev.hone.examples.BuiltInTask;
import dev.hone.examples.ModerationTask;
import dev.hone.examples.SupportTask;
import dev.hone.langchain4j.OpenAiModels;
import dev.hone.lm.LmOptions;
import dev.hone.local.EmbeddedModel;
import dev.hone.optimize.OptimizationTask;
import dev.hone.optimize.bootstrap.Bootstrapper;
import dev.hone.optimize.bootstrap.DemoChoice;
import dev.hone.optimize.bootstrap.DemoPicker;
import dev.hone.optimize.bootstrap.DemoSets;
import dev.hone.optimize.bootstrap.SuccessfulTrace;
import dev.hone.optimize.candidate.BootstrapSettings;
import dev.hone.optimize.candidate.DemoCandidate;
import dev.hone.pipeline.LmPipeline;
import dev.hone.program.Predict;
import dev.hone.program.Predictors;
import dev.hone.prompt.Demo;
import dev.hone.random.RandomSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import tools.jackson.databind.node.ObjectNode;

/**
 * What demo sets are worth with the original instruction: single sets by the way they are chosen
 * and their size, and the spaces of five sets that a search of the preset LIGHT chooses from. 60 %
 * of the training examples are to learn from, the others to choose by.
 *
 * <p>Cost, by seed and task: about 30 demo sets, each on 120 test examples and 60 to 64 others.
 */
public final class DemoCandidates {
  private static final double TO_LEARN_FROM = 0.6;
  private static final int MOST = 16;
  private static final int SETS = 6;
  private static final List<Integer> SIZES = List.of(4, 8, 12, 16);

  private final String model;
  private final Context context;
  private final Path folder;

  private DemoCandidates(String model, Context context, Path folder) {
    this.model = model;
    this.context = context;
    this.folder = folder;
  }

  /**
   * Adds to {@code demos.csv} what it lacks, and writes {@code demos.md} of it.
   *
   * @param arguments {@code embedded}, or the address of the stand-in; the folder to write to; the
   *     first and the last seed
   */
  public static void main(String[] arguments) throws IOException {
    boolean embedded = arguments[0].equals("embedded");
    Context context =
        Context.builder()
            .lm(
                LmPipeline.builder(
                        embedded
                            ? EmbeddedModel.load()
                            : OpenAiModels.openAiCompatible("standin", arguments[0] + "/v1", null))
                    .build())
            .options(LmOptions.defaults().withTemperature(0.0).withMaxTokens(1000))
            .build();
    new DemoCandidates(embedded ? "embedded model" : "stand-in", context, Path.of(arguments[1]))
        .run(Long.parseLong(arguments[2]), Long.parseLong(arguments[3]));
  }

  private void run(long first, long last) throws IOException {
    Path csv = folder.resolve("demos.csv");
    if (!Files.exists(csv)) {
      Files.writeString(csv, DemoRow.HEADER + "\n");
    }
    for (long seed = first; seed <= last; seed++) {
      add(csv, SupportTask.untyped(), seed);
      add(csv, ModerationTask.untyped(), seed);
    }
    List<String> table = new ArrayList<>(heading());
    table.addAll(new DemoTable(read(csv)).lines());
    Files.write(folder.resolve("demos.md"), table);
    System.out.println(String.join("\n", table));
  }

  private static List<String> heading() {
    return List.of(
        "# Demo sets",
        "",
        "Written by `dev.hone.benchmarks.candidates.DemoCandidates`. The original instruction with"
            + " demo sets; 60 % of the training examples to learn from, the others to choose by."
            + " Scores in points on the test set, which nothing is chosen by, with standard errors"
            + " over seeds. A set of 4, 8 or 12 demos is the beginning of that of 16. \"hard\" are"
            + " representative demos of those that a program with 16 random ones gets wrong. The"
            + " spaces: before, all at random, one labelled set and four of at most 4 traces filled"
            + " up to 16; now, what `DemoSets` builds; of sizes, representative 16, 8 and 4, varied"
            + " 16 and 8.");
  }

  private static List<DemoRow> read(Path csv) throws IOException {
    return Files.readAllLines(csv).stream().skip(1).map(DemoRow::ofLine).toList();
  }

  private void add(Path csv, BuiltInTask<ObjectNode, ObjectNode> task, long seed)
      throws IOException {
    boolean known =
        read(csv).stream()
            .anyMatch(
                row ->
                    row.seed() == seed
                        && row.task().equals(task.name())
                        && row.model().equals(model));
    if (!known) {
      List<String> lines =
          context.call(() -> new Trial(model, task, seed).rows()).stream()
              .map(DemoRow::line)
              .toList();
      Files.write(csv, lines, StandardOpenOption.APPEND);
      System.err.println(task.name() + " " + seed);
    }
  }

  /** One split of one task. */
  private static final class Trial {
    private final String model;
    private final BuiltInTask<ObjectNode, ObjectNode> task;
    private final Split<ObjectNode, ObjectNode> split;
    private final long seed;
    private final RandomSource random;
    private final BootstrapSettings settings =
        BootstrapSettings.defaults().withMaxLabeledDemos(MOST);
    private final List<DemoRow> rows = new ArrayList<>();

    Trial(String model, BuiltInTask<ObjectNode, ObjectNode> task, long seed) {
      this.model = model;
      this.task = task;
      this.split = task.trainset().stratifiedSplit(TO_LEARN_FROM, seed);
      this.seed = seed;
      this.random = new RandomSource(seed);
    }

    List<DemoRow> rows() {
      add("none", List.of());
      List<Demo> some = labeled(DemoChoice.RANDOM, split.first());
      addSizes("random", some);
      List<Demo> representative = labeled(DemoChoice.REPRESENTATIVE, split.first());
      addSizes("representative", representative);
      List<Demo> varied = labeled(DemoChoice.VARIED, split.first());
      addSizes("varied", varied);
      addSizes("hard", labeled(DemoChoice.REPRESENTATIVE, hard(some)));
      addSpaceBefore(some);
      addSpaceNow();
      String sizes = DemoTable.SPACES.get(2);
      add(sizes, representative);
      add(sizes, varied);
      add(sizes, first(representative, MOST / 2));
      add(sizes, first(varied, MOST / 2));
      add(sizes, first(representative, MOST / 4));
      return rows;
    }

    private void addSizes(String way, List<Demo> demos) {
      SIZES.stream().filter(n -> n <= demos.size()).forEach(n -> add(way, first(demos, n)));
    }

    private static List<Demo> first(List<Demo> demos, int count) {
      return demos.subList(0, Math.min(count, demos.size()));
    }

    private List<Demo> labeled(DemoChoice choice, Dataset<ObjectNode, ObjectNode> examples) {
      return only(picker(examples), List.of(), choice, random.of("labeled/" + choice));
    }

    private DemoPicker picker(Dataset<ObjectNode, ObjectNode> examples) {
      return new DemoPicker(Predictors.of(task.program()), examples, settings);
    }

    private static List<Demo> only(
        DemoPicker picker,
        List<SuccessfulTrace> traces,
        DemoChoice choice,
        SplittableRandom draws) {
      return picker.demos(traces, choice, draws).values().iterator().next();
    }

    /** What a program with these demos gets wrong of the others. */
    private Dataset<ObjectNode, ObjectNode> hard(List<Demo> demos) {
      Set<String> shown = new HashSet<>();
      demos.forEach(demo -> shown.add(demo.exampleId()));
      Dataset<ObjectNode, ObjectNode> others =
          split.first().filter(example -> !shown.contains(example.id()));
      List<Example<ObjectNode, ObjectNode>> wrong =
          evaluate(demos, others).results().stream()
              .filter(result -> result.score().orElse(0) < 1)
              .map(ExampleResult::example)
              .toList();
      return Dataset.of(wrong);
    }

    /** The sets before there were ways to choose: all at random. */
    private void addSpaceBefore(List<Demo> labeled) {
      OptimizationTask<ObjectNode, ObjectNode> toLearn =
          OptimizationTask.of(task.program(), split.first(), task.metric());
      List<SuccessfulTrace> traces =
          new Bootstrapper<>(toLearn, settings, seed)
              .traces(settings.maxBootstrappedDemos() * (SETS - 2));
      String space = DemoTable.SPACES.get(0);
      add(space, labeled);
      for (int set = 0; set < SETS - 2; set++) {
        SplittableRandom draws = random.of("before/" + set);
        int wanted = set == 0 ? 4 : 1 + draws.nextInt(4);
        DemoPicker picker = picker(split.first());
        List<SuccessfulTrace> some = picker.chosen(traces, wanted, DemoChoice.RANDOM, draws);
        add(space, only(picker, some, DemoChoice.RANDOM, draws));
      }
    }

    private void addSpaceNow() {
      OptimizationTask<ObjectNode, ObjectNode> toLearn =
          OptimizationTask.of(task.program(), split.first(), task.metric());
      List<DemoCandidate> sets =
          DemoSets.build(toLearn, settings, SETS, seed).byPredictor().values().iterator().next();
      sets.stream()
          .filter(set -> !set.demos().isEmpty())
          .forEach(set -> add(DemoTable.SPACES.get(1), set.demos()));
    }

    private void add(String way, List<Demo> demos) {
      Evaluation<ObjectNode, ObjectNode> test = evaluate(demos, task.testset());
      // A set that was tried before is answered by the cache, and has no figure here.
      long calls = test.spend().lmCalls();
      rows.add(
          new DemoRow(
              model,
              task.name(),
              seed,
              way,
              demos.size(),
              100 * test.score(),
              100 * evaluate(demos, split.rest()).score(),
              calls == 0 ? 0 : (double) test.spend().usage().promptTokens() / calls));
    }

    private Evaluation<ObjectNode, ObjectNode> evaluate(
        List<Demo> demos, Dataset<ObjectNode, ObjectNode> examples) {
      Predict<ObjectNode, ObjectNode> program =
          task.program().withState(task.program().state().withDemos(demos));
      return Evaluator.of(examples, task.metric()).evaluate(program);
    }
  }
}
