package dev.hone.exchange.rows;

import dev.hone.InvalidInputException;
import dev.hone.json.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads JSONL files of OpenAI. Of evals: {@code input} (messages or a text) and {@code ideal} (a
 * text, or a list of those that are right), or {@code item} with columns of your own. Of
 * fine-tuning: {@code messages} whose last is the assistant's. A system message that all rows have
 * is the task.
 */
public final class OpenAiEvals {
  private static final String TEXT = "text";
  private static final String ANSWER = "answer";
  private static final String ALSO_RIGHT = "also_right";

  private final Path file;
  private final List<ObjectNode> rows = new ArrayList<>();
  private final Set<String> systems = new LinkedHashSet<>();
  private final Set<String> inputs = new LinkedHashSet<>();
  private final Set<String> outputs = new LinkedHashSet<>();
  private int several;
  private int conversations;

  private OpenAiEvals(Path file) {
    this.file = file;
  }

  /**
   * Reads a file.
   *
   * @param expected the columns of an {@code item} that are answers; empty for the last one
   * @throws InvalidInputException if it cannot be read, or a line has none of these forms
   */
  public static ImportedRows read(Path file, Set<String> expected) {
    OpenAiEvals evals = new OpenAiEvals(file);
    int line = 0;
    for (JsonNode node : TextFile.jsonl(file)) {
      line++;
      evals.add(node, line, expected);
    }
    return evals.result();
  }

  private void add(JsonNode node, int row, Set<String> expected) {
    if (node.path("item").isObject()) {
      addItem(node.path("item"), expected);
    } else if (node.has("input") && node.has("ideal")) {
      addSample(node.path("input"), node.path("ideal"));
    } else if (node.path("messages").isArray()
        && node.path("messages")
            .path(node.path("messages").size() - 1)
            .path("role")
            .asString("")
            .equals("assistant")) {
      addTraining((ArrayNode) node.path("messages"));
    } else {
      throw InvalidInputException.of(
          "Row %d of %s has %s, expected \"input\" and \"ideal\", \"item\", or \"messages\" that end with the assistant's"
              .formatted(row, file, node.isObject() ? node.propertyNames() : "no object"),
          "it is a file of another kind; a plain JSONL needs no import: hone init " + file);
    }
  }

  private void addItem(JsonNode item, Set<String> expected) {
    ObjectNode row = Json.object();
    List<String> names = new ArrayList<>(item.propertyNames());
    Set<String> answers =
        expected.isEmpty() && !names.isEmpty() ? Set.of(names.get(names.size() - 1)) : expected;
    for (String name : names) {
      String column = FieldName.of(name);
      row.set(column, item.get(name));
      (answers.contains(name) || answers.contains(column) ? outputs : inputs).add(column);
    }
    rows.add(row);
  }

  private void addSample(JsonNode input, JsonNode ideal) {
    ObjectNode row = Json.object();
    row.put(TEXT, input.isArray() ? said(input.valueStream().toList()) : input.asString(""));
    boolean list = ideal.isArray();
    row.set(ANSWER, list ? ideal.path(0) : ideal);
    if (list && ideal.size() > 1) {
      several++;
      ArrayNode more = row.putArray(ALSO_RIGHT);
      ideal.valueStream().skip(1).forEach(more::add);
    }
    add(row);
  }

  private void addTraining(ArrayNode messages) {
    List<JsonNode> all = messages.valueStream().toList();
    ObjectNode row = Json.object();
    row.put(TEXT, said(all.subList(0, all.size() - 1)));
    row.put(ANSWER, content(all.get(all.size() - 1)));
    add(row);
  }

  private void add(ObjectNode row) {
    inputs.add(TEXT);
    outputs.add(ANSWER);
    rows.add(row);
  }

  /** What was said to the model: the user's text, or the conversation if there is more. */
  private String said(List<JsonNode> messages) {
    List<JsonNode> turns = new ArrayList<>(messages);
    boolean system =
        !turns.isEmpty() && List.of("system", "developer").contains(role(turns.get(0)));
    systems.add(system ? content(turns.remove(0)) : "");
    if (turns.size() == 1) {
      return content(turns.get(0));
    }
    conversations++;
    StringBuilder text = new StringBuilder();
    for (JsonNode turn : turns) {
      String who = turn.path("name").asString(role(turn));
      text.append(text.isEmpty() ? "" : "\n\n").append(who).append(": ").append(content(turn));
    }
    return text.toString();
  }

  private static String role(JsonNode message) {
    return message.path("role").asString("user");
  }

  private static String content(JsonNode message) {
    JsonNode content = message.path("content");
    if (!content.isArray()) {
      return content.asString("");
    }
    StringBuilder text = new StringBuilder();
    content.forEach(part -> text.append(part.path("text").asString("")));
    return text.toString();
  }

  private ImportedRows result() {
    List<String> notes = new ArrayList<>();
    if (systems.size() > 1) {
      notes.add(
          "the rows have %d different system messages; the first is the task"
              .formatted(systems.size()));
    }
    if (conversations > 0) {
      notes.add(
          "%d rows have a conversation of several turns, which is one text now"
              .formatted(conversations));
    }
    if (several > 0) {
      notes.add(
          "%d rows have several right answers: the first is `%s`, the others are in `%s`"
              .formatted(several, ANSWER, ALSO_RIGHT));
    }
    if (outputs.size() == 1 && inputs.size() > 1 && !outputs.contains(ANSWER)) {
      notes.add("took `%s` as the answer".formatted(outputs.iterator().next()));
    }
    String task = systems.isEmpty() ? "" : systems.iterator().next().strip();
    inputs.removeAll(outputs);
    return new ImportedRows(task, List.copyOf(inputs), List.copyOf(outputs), rows, notes)
        .requireUse(file.toString());
  }
}
