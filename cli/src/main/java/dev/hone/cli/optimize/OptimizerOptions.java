package dev.hone.cli.optimize;

import dev.hone.InvalidInputException;
import dev.hone.project.ProgramFile;
import dev.hone.project.optimizer.OptimizerSettings;
import dev.hone.text.FoldedName;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which optimizer, with which settings. */
final class OptimizerOptions {
  /** Names that are shorter than those of the optimizers. */
  private static final Map<String, String> SHORT =
      Map.of("randomsearch", "BootstrapFewShotWithRandomSearch", "knn", "KNNFewShot");

  @Option(
      names = {"-o", "--optimizer"},
      paramLabel = "NAME",
      description =
          "miprov2 (instructions and demos), random-search (the best of several demo sets),"
              + " bootstrap-few-shot, labeled-few-shot, knn (demos near each input), copro"
              + " (instructions). Default: that of the project file, or miprov2.")
  private @Nullable String optimizer;

  @Option(
      names = "--auto",
      paramLabel = "PRESET",
      description =
          "How much is tried by miprov2: light, medium, heavy, or none, which needs --set"
              + " candidates=N --set trials=N. Default: light.")
  private @Nullable String auto;

  @Option(
      names = "--search",
      paramLabel = "NAME",
      description = "How miprov2 searches: racing, tpe or random. Default: racing.")
  private @Nullable String search;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The seed of all choices. Default: that of the optimizer.")
  private @Nullable Long seed;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description =
          "Any setting of the optimizer, such as --set max-labeled-demos=2. May be repeated; --set"
              + " help lists them.")
  private List<String> settings = List.of();

  /** Whether a setting was asked for that lists them. */
  boolean asksForHelp() {
    return settings.contains("help");
  }

  /**
   * The choice: the options, each in the place of what was chosen before.
   *
   * @param project whose file says the rest
   * @param before what the run to go on with began with
   * @throws InvalidInputException if a setting has no value
   */
  OptimizerChoice over(ProgramFile project, OptimizerChoice before) {
    OptimizerSettings named =
        optimizer == null
            ? OptimizerSettings.none()
            : OptimizerSettings.of(SHORT.getOrDefault(FoldedName.of(optimizer), optimizer));
    OptimizerChoice choice = new OptimizerChoice(named, Map.of()).over(before);
    choice = auto == null ? choice : choice.with(project, "auto", auto);
    choice = search == null ? choice : choice.with(project, "search", search);
    choice = seed == null ? choice : choice.with(project, "seed", Long.toString(seed));
    for (String each : settings) {
      if (!each.equals("help")) {
        choice = with(choice, project, each);
      }
    }
    return choice;
  }

  private static OptimizerChoice with(OptimizerChoice choice, ProgramFile project, String setting) {
    int equals = setting.indexOf('=');
    if (equals < 1) {
      throw InvalidInputException.of(
          "--set %s is not NAME=VALUE".formatted(setting), "use --set seed=1");
    }
    return choice.with(
        project, setting.substring(0, equals).strip(), setting.substring(equals + 1));
  }
}
