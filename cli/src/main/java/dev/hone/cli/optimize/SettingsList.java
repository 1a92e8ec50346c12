package dev.hone.cli.optimize;

import dev.hone.json.Json;
import dev.hone.optimize.Optimizer;
import dev.hone.optimize.mipro.MiproV2;
import dev.hone.project.ProgramFile;
import dev.hone.project.optimizer.OptimizerCatalog;
import dev.hone.text.FoldedName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** The settings that an optimizer has, by name, and what they are now. */
final class SettingsList {
  private SettingsList() {}

  static String text(OptimizerChoice choice, ProgramFile project) {
    List<String> lines = new ArrayList<>();
    lines.add("Settings of " + choice.inWords(project) + ", for --set NAME=VALUE:");
    names(choice, project)
        .forEach((name, what) -> lines.add("  %-24s  %s".formatted(name, what).stripTrailing()));
    return String.join(System.lineSeparator(), lines);
  }

  /** What each setting is, by its name; of those that only Java describes nothing. */
  private static Map<String, String> names(OptimizerChoice choice, ProgramFile project) {
    String name = project.optimizerSettings().under(choice.settings()).optimizer();
    Map<String, String> names = new LinkedHashMap<>();
    Set<String> folded = new HashSet<>();
    for (String setting : OptimizerCatalog.settingsOf(name)) {
      names.put(setting.replace(' ', '-'), OptimizerCatalog.describe(name, setting));
      folded.add(FoldedName.of(setting));
    }
    Optimizer<?> optimizer = choice.optimizer(project);
    FluentSettings.names(optimizer).stream()
        .filter(setting -> !folded.contains(FoldedName.of(setting)))
        .forEach(setting -> names.put(setting, ""));
    if (optimizer instanceof MiproV2 mipro) {
      FluentSettings.names(mipro.settings().search())
          .forEach(setting -> names.put("search." + setting, "of the search"));
    }
    return names;
  }

  static ObjectNode json(OptimizerChoice choice, ProgramFile project) {
    ObjectNode json = Json.object().put("optimizer", choice.optimizer(project).name());
    ObjectNode settings = json.putObject("settings");
    names(choice, project).forEach(settings::put);
    return json;
  }
}
