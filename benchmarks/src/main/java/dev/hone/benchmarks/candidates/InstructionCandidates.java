package dev.hone.benchmarks.candidates;

import dev.hone.benchmarks.candidates.InstructionRow.Source;
import dev.hone.context.Context;
import dev.hone.context.Spend;
import dev.hone.data.Dataset;
import dev.hone.evaluate.Evaluation;
import dev.hone.evaluate.Evaluator;
import dev.hone.examples.BuiltInTask;
import dev.hone.examples.ModerationTask;
import dev.hone.examples.SupportTask;
import dev.hone.langchain4j.OpenAiModels;
import dev.hone.lm.LmOptions;
import dev.hone.optimize.OptimizationTask;
import dev.hone.optimize.candidate.DemoCandidate;
import dev.hone.optimize.candidate.InstructionCandidate;
import dev.hone.optimize.mipro.MiproV2;
import dev.hone.optimize.mipro.MiproV2Report;
import dev.hone.optimize.search.Search;
import dev.hone.pipeline.LmPipeline;
import dev.hone.program.Predict;
import dev.hone.program.PredictorState;
import dev.hone.prompt.Demo;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What instructions are worth that were proposed from errors, beside those of the same proposer, by
 * the same tips, demos and draws, that is not shown any: each on the test set, with no demos and
 * with 16 labelled ones. The model is the stand-in behind HTTP.
 *
 * <p>Cost, by seed and task: two runs of MIPROv2 with one trial, and 240 calls per instruction.
 */
public final class InstructionCandidates {
  /** Every second one of these is shown errors. */
  private static final int PROPOSALS = 4;

  private final String url;
  private final Path data;
  private final Path folder;

  private InstructionCandidates(String url, Path data, Path folder) {
    this.url = url;
    this.data = data;
    this.folder = folder;
  }

  /**
   * Adds to {@code instructions.csv} what it lacks, and writes {@code instructions.md} of it.
   *
   * @param arguments the address of the stand-in; the folder of the splits, with {@code
   *     support/31/train.jsonl} and so on; the folder to write to; the first and the last seed
   */
  public static void main(String[] arguments) throws IOException {
    new InstructionCandidates(arguments[0], Path.of(arguments[1]), Path.of(arguments[2]))
        .run(Long.parseLong(arguments[3]), Long.parseLong(arguments[4]));
  }

  private void run(long first, long last) throws IOException {
    Path csv = folder.resolve("instructions.csv");
    if (!Files.exists(csv)) {
      Files.writeString(csv, InstructionRow.HEADER + "\n");
    }
    for (long seed = first; seed <= last; seed++) {
      add(csv, SupportTask.typed(), seed);
      add(csv, ModerationTask.typed(), seed);
    }
    List<String> table = new ArrayList<>(heading(first, last));
    table.addAll(new InstructionTable(read(csv)).lines());
    Files.write(folder.resolve("instructions.md"), table);
    System.out.println(String.join("\n", table));
  }

  private static List<String> heading(long first, long last) {
    return List.of(
        "# Instructions proposed from errors",
        "",
        ("Written by `dev.hone.benchmarks.candidates.InstructionCandidates`. Stand-in model, seeds"
                + " %d to %d of the 60%% split, bootstrap of the preset LIGHT, %d proposals, of which"
                + " every second one is made twice: shown errors of the bootstrap, and not, by the"
                + " same tip, demos and draw. Test scores in points with standard errors over seeds;"
                + " best: of the %d of a seed, by the test set; the difference is paired by seed."
                + " Tokens: prompt and completion of one proposal, and the prompt of a later call"
                + " without demos.")
            .formatted(first, last, PROPOSALS, PROPOSALS / 2),
        "");
  }

  private static List<InstructionRow> read(Path csv) throws IOException {
    return Files.readAllLines(csv).stream().skip(1).map(InstructionRow::ofLine).toList();
  }

  private <I, O> void add(Path csv, BuiltInTask<I, O> task, long seed) throws IOException {
    if (read(csv).stream().anyMatch(r -> r.seed() == seed && r.task().equals(task.name()))) {
      return;
    }
    URI.create(url + "/reset").toURL().openStream().close();
    List<String> lines = rows(task, seed).stream().map(InstructionRow::line).toList();
    Files.write(csv, lines, StandardOpenOption.APPEND);
    System.err.println(String.join("\n", lines));
  }

  private <I, O> List<InstructionRow> rows(BuiltInTask<I, O> task, long seed) {
    Path splits = data.resolve(task.name()).resolve(String.valueOf(seed));
    OptimizationTask<I, O> toOptimize =
        OptimizationTask.of(task.program(), read(splits, "train", task), task.metric())
            .withValset(read(splits, "val", task));
    // One cache for both runs, so that what both ask is one reply.
    Context context =
        Context.builder()
            .lm(
                LmPipeline.builder(OpenAiModels.openAiCompatible("standin", url + "/v1", null))
                    .build())
            .options(LmOptions.defaults().withTemperature(0.0).withMaxTokens(1000))
            .build();
    MiproV2 plain =
        MiproV2.light()
            .instructionCandidates(PROPOSALS + 1)
            .search(Search.random())
            .trials(1)
            .seed(seed);
    MiproV2Report without = context.call(() -> plain.compile(toOptimize).report());
    MiproV2Report with = context.call(() -> plain.errorAware(true).compile(toOptimize).report());
    Trial<I, O> trial = new Trial<>(task, read(splits, "test", task), labeled(without), context);
    Set<String> shared = texts(with);
    List<InstructionRow> rows = new ArrayList<>();
    rows.add(trial.row(seed, Source.GIVEN, task.program().state().instructions(), Spend.NONE));
    for (InstructionCandidate candidate : proposed(without)) {
      if (!shared.contains(candidate.text())) {
        rows.add(trial.row(seed, Source.PLAIN, candidate.text(), proposing(without)));
      }
    }
    for (InstructionCandidate candidate : proposed(with)) {
      if (Optional.ofNullable(candidate.choice()).filter(c -> c.useErrors()).isPresent()) {
        rows.add(trial.row(seed, Source.ERRORS, candidate.text(), proposing(with)));
      }
    }
    return rows;
  }

  private static <I, O> Dataset<I, O> read(Path splits, String part, BuiltInTask<I, O> task) {
    return Dataset.ofJsonl(splits.resolve(part + ".jsonl"), task.program().signature());
  }

  /**
   * What the calls that were not answered by the cache cost: in the second run, those with errors.
   */
  private static Spend proposing(MiproV2Report report) {
    return report.spendByStage().getOrDefault("propose", Spend.NONE);
  }

  private static List<InstructionCandidate> proposed(MiproV2Report report) {
    return report.instructions().values().iterator().next().stream()
        .filter(candidate -> candidate.round() > 0)
        .toList();
  }

  private static Set<String> texts(MiproV2Report report) {
    return proposed(report).stream().map(InstructionCandidate::text).collect(Collectors.toSet());
  }

  private static List<Demo> labeled(MiproV2Report report) {
    return report.demoSets().values().iterator().next().stream()
        .filter(set -> set.origin() == DemoCandidate.Origin.LABELED)
        .findFirst()
        .orElseThrow()
        .demos();
  }

  /** Tries instructions on the test set. */
  private record Trial<I, O>(
      BuiltInTask<I, O> task, Dataset<I, O> testset, List<Demo> labeled, Context context) {
    InstructionRow row(long seed, Source source, String instruction, Spend proposing) {
      Evaluation<I, O> bare = evaluate(new PredictorState(instruction, List.of()));
      Evaluation<I, O> shown = evaluate(new PredictorState(instruction, labeled));
      return new InstructionRow(
          task.name(),
          seed,
          source,
          100 * bare.score(),
          100 * shown.score(),
          (double) bare.spend().usage().promptTokens() / Math.max(1, bare.spend().lmCalls()),
          (double) (proposing.usage().promptTokens() + proposing.usage().completionTokens())
              / Math.max(1, proposing.lmCalls()));
    }

    private Evaluation<I, O> evaluate(PredictorState state) {
      Predict<I, O> program = task.program().withState(state);
      return context.call(() -> Evaluator.of(testset, task.metric()).evaluate(program));
    }
  }
}
