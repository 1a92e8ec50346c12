package dev.hone.cli.demo;

import dev.hone.InvalidInputException;
import dev.hone.cli.demo.DemoResult.NotSaved;
import dev.hone.cli.frame.OutputOptions;
import dev.hone.cli.model.CacheOptions;
import dev.hone.cli.model.DiskCache;
import dev.hone.cli.model.ModelProbe;
import dev.hone.cli.progress.Progress;
import dev.hone.examples.BuiltInTask;
import dev.hone.examples.SupportTask;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.ModelSpec;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code hone demo}. */
@Command(
    name = "demo",
    description = {
      "Optimizes a program on the built-in data and shows what it gained.",
      "Needs no key and no network unless --model names a remote model."
    },
    mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Option(
      names = "--task",
      paramLabel = "NAME",
      defaultValue = SupportTask.NAME,
      description = "The task: support or moderation (default: ${DEFAULT-VALUE}).")
  private String task = SupportTask.NAME;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The seed of all choices (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      defaultValue = "embedded",
      description =
          "The model, such as openai:gpt-4o-mini; see hone models. A remote model is first asked for one word, to see that"
              + " it is there; no count includes that call. Default: ${DEFAULT-VALUE}.")
  private String model = "embedded";

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      defaultValue = "16",
      description =
          "The most model calls at once (default: ${DEFAULT-VALUE}). Does not change the result.")
  private int inFlight;

  @Option(
      names = "--artifact",
      paramLabel = "FILE",
      description =
          "Where the optimized program is saved, in a folder that is there (default:"
              + " hone-demo-TASK.json here).")
  private @Nullable Path artifact;

  @Mixin private CacheOptions cacheOptions = new CacheOptions();

  @Mixin private OutputOptions output = new OutputOptions();

  /** What the options say, checked. */
  private record Checked(
      BuiltInTask<?, ?> task, Path artifact, ModelSpec spec, LanguageModel model) {}

  @Override
  public Integer call() {
    Checked checked = checked();
    DemoResult result;
    try (Progress progress = Progress.of(output)) {
      result = run(checked, progress);
    }
    output.result(() -> DemoText.of(result), () -> DemoJson.of(result));
    if (result.saving() instanceof NotSaved failed) {
      spec.commandLine().getErr().println("hone: " + failed.error());
      return ExitCode.SOFTWARE;
    }
    return ExitCode.OK;
  }

  /** Finds what is wrong with the options before anything is printed or called. */
  private Checked checked() {
    try {
      if (inFlight < 1) {
        throw InvalidInputException.of("--in-flight (" + inFlight + ") is less than 1", "use 16");
      }
      BuiltInTask<?, ?> chosen = TaskName.find(task);
      Path file = ArtifactPath.checked(artifact, task);
      ModelSpec named = ModelSpec.parse(model);
      return new Checked(chosen, file, named, named.create());
    } catch (InvalidInputException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private DemoResult run(Checked checked, Progress progress) {
    LanguageModel lm = checked.model();
    if (!checked.spec().provider().isInProcess()) {
      progress.stage("checking that the model answers");
      ModelProbe.ask(lm, checked.spec());
    }
    if (!output.json()) {
      print(DemoText.heading(checked.task(), lm, seed));
    }
    PrintWriter err = spec.commandLine().getErr();
    try (DiskCache disk = cacheOptions.open(checked.spec(), err)) {
      DemoResult result =
          new Demo<>(checked.task(), lm, inFlight, seed, progress, disk.cache())
              .run(checked.artifact());
      disk.usage().ifPresent(progress::say);
      return result;
    }
  }

  private void print(String text) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(text);
    out.flush();
  }
}
