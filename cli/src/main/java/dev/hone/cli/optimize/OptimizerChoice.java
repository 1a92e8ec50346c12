package dev.hone.cli.optimize;

import dev.hone.InvalidInputException;
import dev.hone.json.Json;
import dev.hone.optimize.Optimizer;
import dev.hone.optimize.mipro.MiproV2;
import dev.hone.optimize.search.Search;
import dev.hone.project.ProgramFile;
import dev.hone.project.optimizer.OptimizerCatalog;
import dev.hone.project.optimizer.OptimizerSettings;
import dev.hone.text.FoldedName;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a command line says of the optimizer, over what the project file says: a name and settings
 * as texts. A run folder keeps it, so that a run goes on with what it began with.
 *
 * @param settings the name and the settings of a project file's kind
 * @param further settings that only Java has names for; those of the search begin with {@code
 *     search.}
 */
record OptimizerChoice(OptimizerSettings settings, Map<String, String> further) {
  private static final String OF_SEARCH = "search.";
  private static final String SEARCH = "search";
  private static final String TRIALS = "trials in flight";
  private static final String TRIALS_OF_A_BATCH = "10";

  /** Nothing is said: the project file's optimizer, or the usual one. */
  static final OptimizerChoice NONE = new OptimizerChoice(OptimizerSettings.none(), Map.of());

  OptimizerChoice {
    further = new TreeMap<>(further);
  }

  /** A copy with one more setting, for a project. */
  OptimizerChoice with(ProgramFile project, String name, String value) {
    String optimizer = project.optimizerSettings().under(settings).optimizer();
    boolean known =
        OptimizerCatalog.settingsOf(optimizer).stream()
            .anyMatch(each -> FoldedName.of(each).equals(FoldedName.of(name)));
    Map<String, String> more = new TreeMap<>(further);
    boolean ofJava =
        name.startsWith(OF_SEARCH)
            || !known && FluentSettings.has(project.optimizer(settings), name);
    if (ofJava) {
      more.put(name, value);
      return new OptimizerChoice(settings, more);
    }
    return new OptimizerChoice(settings.with(name, value), more);
  }

  /**
   * A copy that suits batches, of which each may take hours: a race asks for many small blocks, one
   * after the other, so that ten trials at a time are sampled instead, where nothing else is said.
   */
  OptimizerChoice forBatches(ProgramFile project) {
    boolean mipro = project.optimizer(settings) instanceof MiproV2;
    if (!mipro || says(project, SEARCH)) {
      return this;
    }
    OptimizerChoice sampled = with(project, SEARCH, "tpe");
    return says(project, TRIALS) ? sampled : sampled.with(project, TRIALS, TRIALS_OF_A_BATCH);
  }

  private boolean says(ProgramFile project, String name) {
    return project.optimizerSettings().under(settings).values().keySet().stream()
        .anyMatch(each -> FoldedName.of(each).equals(FoldedName.of(name)));
  }

  /**
   * Makes it.
   *
   * @throws InvalidInputException if a name or a value cannot be used
   */
  Optimizer<?> optimizer(ProgramFile project) {
    Optimizer<?> optimizer = project.optimizer(settings);
    for (Map.Entry<String, String> setting : further.entrySet()) {
      optimizer =
          setting.getKey().startsWith(OF_SEARCH)
              ? withSearch(optimizer, setting.getKey(), setting.getValue())
              : FluentSettings.with(optimizer, setting.getKey(), setting.getValue());
    }
    return optimizer;
  }

  /** A setting of the search itself, such as {@code search.budgetFraction}. */
  private static Optimizer<?> withSearch(Optimizer<?> optimizer, String name, String value) {
    if (!(optimizer instanceof MiproV2 mipro)) {
      throw InvalidInputException.of(
          "The setting %s is of MIPROv2; %s has no search".formatted(name, optimizer.name()),
          "leave it out");
    }
    Search search = mipro.settings().search();
    return mipro.search(FluentSettings.with(search, name.substring(OF_SEARCH.length()), value));
  }

  /** In words, such as {@code MIPROv2 light, seed 1}. */
  String inWords(ProgramFile project) {
    OptimizerSettings all = project.optimizerSettings().under(settings);
    Optimizer<?> optimizer = project.optimizer(settings);
    StringBuilder words = new StringBuilder();
    if (optimizer instanceof MiproV2 mipro) {
      words.append("MIPROv2 ").append(preset(mipro));
    } else {
      words.append(optimizer.name());
    }
    all.values()
        .forEach(
            (key, value) -> {
              if (!key.equals("auto")) {
                words.append(", ").append(key).append(' ').append(value);
              }
            });
    further.forEach((key, value) -> words.append(", ").append(key).append(' ').append(value));
    return words.toString();
  }

  private static String preset(MiproV2 mipro) {
    return mipro
        .settings()
        .auto()
        .map(auto -> auto.name().toLowerCase(Locale.ROOT))
        .orElse("without preset");
  }

  ObjectNode toJson() {
    ObjectNode json = Json.object().put("optimizer", settings.optimizer());
    ObjectNode values = json.putObject("settings");
    settings.values().forEach(values::put);
    ObjectNode more = json.putObject("further");
    further.forEach(more::put);
    return json;
  }

  static OptimizerChoice fromJson(JsonNode json) {
    OptimizerSettings settings = OptimizerSettings.of(json.path("optimizer").asString(""));
    for (Map.Entry<String, JsonNode> each : json.path("settings").properties()) {
      settings = settings.with(each.getKey(), each.getValue().asString(""));
    }
    Map<String, String> further = new TreeMap<>();
    json.path("further").forEachEntry((name, value) -> further.put(name, value.asString("")));
    return new OptimizerChoice(settings, further);
  }

  /** A choice over another one, whose settings hold where the optimizer is the same. */
  OptimizerChoice over(OptimizerChoice before) {
    Map<String, String> all = new TreeMap<>();
    boolean another = !settings.optimizer().isEmpty();
    if (!another) {
      all.putAll(before.further);
    }
    all.putAll(further);
    return new OptimizerChoice(before.settings.under(settings), all);
  }
}
