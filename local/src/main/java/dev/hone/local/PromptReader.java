package dev.hone.local;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hone.json.Json;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmMessage.Role;
import dev.hone.local.ReadPrompt.ReadDemo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads fields, instructions, demos and input out of a conversation in one of Hone's layouts. */
final class PromptReader {
  private static final Pattern BULLET = Pattern.compile("^- `(\\w+)` \\((.*)\\)(?:: (.*))?$");
  private static final Pattern VALUE = Pattern.compile("^ {4}- ([^:]+): (.*)$");
  private static final Pattern HEADER = Pattern.compile("(?m)^\\[\\[ ## (\\w+) ## ]]\\s*$");

  private record Task(boolean json, List<ReadField> outputs, String instructions) {}

  private final Cache<String, Task> systems = Caffeine.newBuilder().maximumSize(1000).build();
  private final Cache<String, Map<String, String>> sections =
      Caffeine.newBuilder().maximumSize(20_000).build();

  ReadPrompt read(List<LmMessage> messages) {
    LmMessage first = messages.get(0);
    Task system =
        first.role() == Role.SYSTEM
            ? systems.get(first.text(), PromptReader::system)
            : new Task(false, List.of(), "");
    List<ReadDemo> demos = new ArrayList<>();
    Map<String, String> input = Map.of();
    for (LmMessage message : messages.subList(0, messages.size() - 1)) {
      if (message.role() == Role.USER) {
        Map<String, String> read = sections(message.text());
        input = read.isEmpty() && !input.isEmpty() ? input : read;
      } else if (message.role() == Role.ASSISTANT) {
        demos.add(new ReadDemo(input, outputs(message.text())));
      }
    }
    String last = messages.get(messages.size() - 1).text();
    boolean repair = isRepair(messages);
    return new ReadPrompt(
        system.json(),
        system.outputs(),
        system.instructions(),
        repair ? demos.subList(0, demos.size() - 1) : demos,
        repair ? input : lastInput(system, last));
  }

  /** The sections of the last turn; of a turn without a layout, all of it. */
  private Map<String, String> lastInput(Task system, String text) {
    return system.outputs().isEmpty() ? Map.of("text", text) : sections(text);
  }

  /** A last user turn without sections asks to mend the reply before it. */
  private boolean isRepair(List<LmMessage> messages) {
    int last = messages.size() - 1;
    return last > 1
        && messages.get(last - 1).role() == Role.ASSISTANT
        && sections(messages.get(last).text()).isEmpty();
  }

  private static Task system(String text) {
    String[] parts = text.split("(?m)^Your task:\\s*$", 2);
    List<ReadField> outputs = new ArrayList<>();
    boolean inOutputs = false;
    ReadField field = null;
    for (String line : parts[0].split("\n", -1)) {
      inOutputs = line.startsWith("Output fields:") || inOutputs && !line.isBlank();
      Matcher bullet = BULLET.matcher(line);
      Matcher value = VALUE.matcher(line);
      if (inOutputs && bullet.matches()) {
        String description = bullet.group(3) == null ? "" : bullet.group(3);
        field = new ReadField(bullet.group(1), bullet.group(2), description, new LinkedHashMap<>());
        outputs.add(field);
      } else if (inOutputs && value.matches() && field != null) {
        field.descriptions().put(value.group(1), value.group(2));
      }
    }
    boolean json = !text.contains("[[ ## completed ## ]]");
    return new Task(json, outputs, parts.length < 2 ? "" : parts[1].strip());
  }

  private Map<String, String> sections(String text) {
    return sections.get(text, PromptReader::split);
  }

  private static Map<String, String> split(String text) {
    Map<String, String> result = new LinkedHashMap<>();
    Matcher header = HEADER.matcher(text);
    String name = "";
    int start = 0;
    while (header.find()) {
      put(result, name, text.substring(start, header.start()));
      name = header.group(1);
      start = header.end();
    }
    put(result, name, text.substring(start));
    return result;
  }

  private static void put(Map<String, String> result, String name, String value) {
    if (!name.isEmpty() && !name.equals("completed")) {
      result.putIfAbsent(name, withoutClosing(value).strip());
    }
  }

  /** The last section of a user turn is followed by what to answer with. */
  private static String withoutClosing(String value) {
    int at = value.lastIndexOf("\n\nAnswer with the ");
    return at < 0 ? value : value.substring(0, at);
  }

  private ObjectNode outputs(String text) {
    Map<String, String> found = sections(text);
    ObjectNode node = Json.object();
    if (found.isEmpty()) {
      return json(text) instanceof ObjectNode object ? object : node;
    }
    found.forEach((name, value) -> node.set(name, value(value)));
    return node;
  }

  private static JsonNode value(String text) {
    boolean structured = text.startsWith("[") || text.startsWith("{");
    JsonNode parsed = structured ? json(text) : null;
    return parsed == null ? tools.jackson.databind.node.StringNode.valueOf(text) : parsed;
  }

  private static @org.jspecify.annotations.Nullable JsonNode json(String text) {
    try {
      return Json.parse(text.strip());
    } catch (JacksonException e) {
      return null;
    }
  }
}
