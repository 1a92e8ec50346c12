package dev.hone.cli.optimize;

import dev.hone.InvalidInputException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which optimizer, with which settings. */
final class OptimizerOptions {
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
          "Any setting of the optimizer by its name in Java, such as --set"
              + " maxBootstrappedDemos=2; of the search with search. before it. May be repeated;"
              + " --set help lists them.")
  private List<String> settings = List.of();

  /** Whether a setting was asked for that lists them. */
  boolean asksForHelp() {
    return settings.contains("help");
  }

  /**
   * The choice: the options, each in the place of what was chosen before.
   *
   * @param before what the project file or the run to go on with says
   * @throws InvalidInputException if a setting has no value
   */
  OptimizerChoice over(OptimizerChoice before) {
    Map<String, String> values = new TreeMap<>(before.settings());
    boolean another = optimizer != null && !optimizer.equals(before.name());
    if (another) {
      values.clear(); // they are those of another optimizer
    }
    if (search != null) {
      values.put("search", search);
    }
    if (seed != null) {
      values.put("seed", Long.toString(seed));
    }
    settings.stream().filter(each -> !each.equals("help")).forEach(each -> put(each, values));
    Optional<String> preset =
        auto != null ? Optional.of(auto) : another ? Optional.empty() : before.auto();
    return new OptimizerChoice(optimizer == null ? before.name() : optimizer, preset, values);
  }

  private static void put(String setting, Map<String, String> values) {
    int equals = setting.indexOf('=');
    if (equals < 1) {
      throw InvalidInputException.of(
          "--set %s is not NAME=VALUE".formatted(setting), "use --set seed=1");
    }
    values.put(setting.substring(0, equals).strip(), setting.substring(equals + 1));
  }
}
