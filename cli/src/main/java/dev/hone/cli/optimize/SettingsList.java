package dev.hone.cli.optimize;

import dev.hone.cli.frame.TextLines;
import dev.hone.json.Json;
import dev.hone.optimize.mipro.MiproV2;
import dev.hone.optimize.search.Search;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The settings that an optimizer has, by name, and what they are now. */
final class SettingsList {
  private static final int WIDTH = 78;

  private SettingsList() {}

  static String text(OptimizerChoice choice) {
    List<String> lines = new ArrayList<>();
    lines.add("Settings of " + choice.name() + ", for --set NAME=VALUE:");
    lines.addAll(TextLines.wrapped("  ", String.join(", ", names(choice)), WIDTH));
    lines.add("Now: " + choice.optimizer());
    return String.join(System.lineSeparator(), lines);
  }

  private static List<String> names(OptimizerChoice choice) {
    List<String> names = new ArrayList<>(FluentSettings.names(choice.optimizer()));
    if (choice.optimizer() instanceof MiproV2 mipro) {
      Search search = mipro.settings().search();
      names.addAll(
          FluentSettings.names(search).stream()
              .map("search."::concat)
              .collect(Collectors.toList()));
    }
    return names;
  }

  static ObjectNode json(OptimizerChoice choice) {
    ObjectNode json = Json.object().put("optimizer", choice.name());
    ArrayNode settings = json.putArray("settings");
    names(choice).forEach(settings::add);
    return json;
  }
}
