package dev.hone.cli.demo;

import dev.hone.cli.ModelSpec;
import dev.hone.json.Json;
import dev.hone.lm.LanguageModel;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code hone demo}. */
@Command(
    name = "demo",
    description = {
      "Optimizes a program on the built-in data and shows what that brought.",
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
      defaultValue = "moderation",
      description = "The task: moderation or support (default: ${DEFAULT-VALUE}).")
  private String task = "moderation";

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
          "embedded, openai:MODEL (key in OPENAI_API_KEY), or openai-compatible:MODEL@URL (key, if"
              + " any, in HONE_API_KEY). Default: ${DEFAULT-VALUE}.")
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
      description = "Where the optimized program is saved (default: hone-demo-TASK.json here).")
  private @Nullable Path artifact;

  @Option(
      names = "--json",
      description =
          "Prints the result as one JSON object on standard output, and nothing else there.")
  private boolean json;

  @Override
  public Integer call() {
    LanguageModel lm = ModelSpec.parse(model);
    DemoTask<?, ?> chosen = DemoTask.named(task);
    var err = spec.commandLine().getErr();
    var out = spec.commandLine().getOut();
    Progress progress = new Progress(err, Terminal.isInteractive() && !json);
    if (!json) {
      out.println(DemoText.heading(chosen, lm, seed));
      out.flush();
    }
    DemoResult result;
    try {
      result = new Demo<>(chosen, lm, inFlight, seed, progress).run(artifactFile());
    } finally {
      progress.close();
    }
    out.println(json ? Json.pretty(DemoJson.of(result)) : DemoText.of(result));
    out.flush();
    return 0;
  }

  private Path artifactFile() {
    return artifact == null ? Path.of("hone-demo-" + task + ".json") : artifact;
  }
}
