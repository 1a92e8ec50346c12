package dev.hone.cli.optimize;

import dev.hone.InvalidInputException;
import dev.hone.json.Json;
import dev.hone.optimize.Optimizer;
import dev.hone.optimize.copro.Copro;
import dev.hone.optimize.fewshot.BootstrapFewShot;
import dev.hone.optimize.fewshot.LabeledFewShot;
import dev.hone.optimize.knn.KnnFewShot;
import dev.hone.optimize.mipro.Auto;
import dev.hone.optimize.mipro.MiproV2;
import dev.hone.optimize.randomsearch.BootstrapFewShotWithRandomSearch;
import dev.hone.optimize.search.Search;
import dev.hone.text.NearestName;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An optimizer by its name, with a preset and settings as texts; what a run folder keeps, so that a
 * run goes on with what it began with.
 *
 * @param name one of {@link #NAMES}
 * @param auto the preset, or empty for the optimizer's own default
 * @param settings values by the names of settings; those that begin with {@code search.} are of the
 *     search
 */
record OptimizerChoice(String name, Optional<String> auto, Map<String, String> settings) {
  private static final String MIPRO = "miprov2";
  private static final String SEARCH = "search";
  private static final Map<String, Supplier<Optimizer<?>>> OTHERS = others();

  /** The names, the usual one first. */
  static final List<String> NAMES =
      Stream.concat(Stream.of(MIPRO), OTHERS.keySet().stream()).toList();

  OptimizerChoice {
    settings = new TreeMap<>(settings);
  }

  private static Map<String, Supplier<Optimizer<?>>> others() {
    Map<String, Supplier<Optimizer<?>>> names = new LinkedHashMap<>();
    names.put("random-search", BootstrapFewShotWithRandomSearch::defaults);
    names.put("bootstrap-few-shot", BootstrapFewShot::defaults);
    names.put("labeled-few-shot", LabeledFewShot::defaults);
    names.put("knn", KnnFewShot::defaults);
    names.put("copro", Copro::defaults);
    return names;
  }

  /**
   * Makes it.
   *
   * @throws InvalidInputException if a name or a value cannot be used
   */
  Optimizer<?> optimizer() {
    Optimizer<?> optimizer = bare();
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      if (!setting.getKey().startsWith(SEARCH)) {
        optimizer = FluentSettings.with(optimizer, setting.getKey(), setting.getValue());
      }
    }
    return withSearch(optimizer);
  }

  private Optimizer<?> bare() {
    if (name.equals(MIPRO)) {
      return mipro(auto.orElse("light").toLowerCase(Locale.ROOT));
    } else if (auto.isPresent()) {
      throw InvalidInputException.of(
          "--auto is a preset of %s; %s has none".formatted(MIPRO, name),
          "leave it out, or use --set NAME=VALUE");
    }
    Supplier<Optimizer<?>> maker = OTHERS.get(name);
    if (maker == null) {
      throw InvalidInputException.of(
          "The optimizer (%s) is not one of %s".formatted(name, String.join(", ", NAMES)),
          "use " + NearestName.of(name, NAMES).orElse(MIPRO));
    }
    return maker.get();
  }

  private static MiproV2 mipro(String preset) {
    if (preset.equals("none")) {
      return MiproV2.withoutPreset();
    }
    return Arrays.stream(Auto.values())
        .filter(auto -> auto.name().equalsIgnoreCase(preset))
        .findFirst()
        .map(MiproV2::auto)
        .orElseThrow(
            () ->
                InvalidInputException.of(
                    "--auto (%s) is not one of light, medium, heavy, none".formatted(preset),
                    "use "
                        + NearestName.of(preset, List.of("light", "medium", "heavy", "none"))
                            .orElse("light")));
  }

  /** The search first, then its own settings, such as {@code search.budgetFraction}. */
  private Optimizer<?> withSearch(Optimizer<?> optimizer) {
    if (settings.keySet().stream().noneMatch(key -> key.startsWith(SEARCH))) {
      return optimizer;
    }
    if (!(optimizer instanceof MiproV2 mipro)) {
      throw InvalidInputException.of(
          "The setting search is of %s; %s has none".formatted(MIPRO, name), "leave it out");
    }
    Search search = Search.named(settings.getOrDefault(SEARCH, "racing"));
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      if (setting.getKey().startsWith(SEARCH + ".")) {
        String key = setting.getKey().substring(SEARCH.length() + 1);
        search = FluentSettings.with(search, key, setting.getValue());
      }
    }
    return mipro.search(search);
  }

  /** In words, such as {@code miprov2 light, seed=1}. */
  String inWords() {
    String preset = name.equals(MIPRO) ? " " + auto.orElse("light").toLowerCase(Locale.ROOT) : "";
    StringBuilder words = new StringBuilder(name + preset);
    settings.forEach((key, value) -> words.append(", ").append(key).append('=').append(value));
    return words.toString();
  }

  ObjectNode toJson() {
    ObjectNode json = Json.object().put("optimizer", name);
    auto.ifPresent(preset -> json.put("auto", preset));
    ObjectNode values = json.putObject("settings");
    settings.forEach(values::put);
    return json;
  }

  static OptimizerChoice fromJson(JsonNode json) {
    Map<String, String> settings = new TreeMap<>();
    json.path("settings").forEachEntry((name, value) -> settings.put(name, value.asString("")));
    return new OptimizerChoice(
        json.path("optimizer").asString(MIPRO), json.path("auto").asStringOpt(), settings);
  }
}
