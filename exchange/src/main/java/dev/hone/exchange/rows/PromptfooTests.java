package dev.hone.exchange.rows;

import dev.hone.InvalidInputException;
import dev.hone.json.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the tests of promptfoo: a configuration ({@code promptfooconfig.yaml}) with tests in it or
 * in a file that it names, or such a file of tests alone, as YAML, JSON, JSONL or CSV. Variables
 * are inputs; the answer is the value of {@code equals}, else of another assertion that compares
 * with a text. Other assertions are counted and left out.
 */
public final class PromptfooTests {
  /** The column of the answer, where it is a text. */
  private static final String ANSWER = "answer";

  private static final int MOST_ROWS_OF_A_TEST = 1_000;

  private final Path file;
  private final List<ObjectNode> rows = new ArrayList<>();
  private final Set<String> inputs = new LinkedHashSet<>();
  private final Set<String> outputs = new LinkedHashSet<>();
  private final Map<String, Integer> leftOut = new TreeMap<>();
  private final List<String> notes = new ArrayList<>();

  private PromptfooTests(Path file) {
    this.file = file;
  }

  /**
   * Reads a file.
   *
   * @throws InvalidInputException if it cannot be read, or has no tests with variables and expected
   *     answers
   */
  public static ImportedRows read(Path file) {
    PromptfooTests tests = new PromptfooTests(file);
    String task = "";
    if (TextFile.ends(file, ".csv", ".jsonl")) {
      tests.addFile(file, Json.object());
    } else {
      JsonNode root = TextFile.yaml(file);
      task = tests.task(root.path("prompts"));
      JsonNode list = root.isArray() ? root : root.path("tests");
      tests.addTests(list, root.path("defaultTest"));
    }
    return tests.result(task);
  }

  private ImportedRows result(String task) {
    leftOut.forEach(
        (type, count) ->
            notes.add(
                "left out %d assertion%s of the type %s, which compare with no answer"
                    .formatted(count, count == 1 ? "" : "s", type)));
    inputs.removeAll(outputs);
    return new ImportedRows(task, List.copyOf(inputs), List.copyOf(outputs), rows, notes)
        .requireUse(file.toString());
  }

  /** The only prompt that stands in the file, its variables as names of fields. */
  private String task(JsonNode prompts) {
    List<String> texts = new ArrayList<>();
    for (JsonNode prompt : prompts.isArray() ? prompts : Json.array().add(prompts)) {
      JsonNode raw = prompt.isObject() ? prompt.path("raw") : prompt;
      String text = raw.asString("");
      if (!text.isBlank() && !text.startsWith("file://")) {
        texts.add(text);
      }
    }
    if (texts.size() > 1) {
      notes.add("the file has %d prompts; took the first as the task".formatted(texts.size()));
    }
    return texts.isEmpty() ? "" : texts.get(0).replaceAll("\\{\\{\\s*(\\w+)\\s*}}", "`$1`").strip();
  }

  private void addTests(JsonNode tests, JsonNode defaults) {
    if (tests.isString()) {
      addFile(named(tests.stringValue()), defaults);
      return;
    }
    for (JsonNode test : tests) {
      if (test.isString()) {
        addFile(named(test.stringValue()), defaults);
      } else {
        add(test, defaults);
      }
    }
  }

  /** A file that the configuration names: in its folder or below it, and data. */
  private Path named(String name) {
    String path = name.replaceFirst("^file://", "");
    boolean local = !path.contains("://") && !path.contains("*");
    Path named = file.resolveSibling(local ? path : "");
    if (local && !TextFile.isBelow(named, file)) {
      throw InvalidInputException.of(
          "%s takes its tests from %s, which is outside of its folder".formatted(file, name),
          "copy the tests beside it, or import that file itself");
    } else if (!local || !TextFile.ends(named, ".csv", ".jsonl", ".json", ".yaml", ".yml")) {
      throw InvalidInputException.of(
          "%s takes its tests from %s, which is no CSV, JSONL, JSON or YAML file here"
              .formatted(file, name),
          "save the tests as one of these first, and import that");
    }
    return named;
  }

  private void addFile(Path tests, JsonNode defaults) {
    if (TextFile.ends(tests, ".csv")) {
      PromptfooCsv.read(tests).forEach(test -> add(test, defaults));
    } else if (TextFile.ends(tests, ".jsonl")) {
      TextFile.jsonl(tests).forEach(test -> add(test, defaults));
    } else {
      JsonNode root = TextFile.yaml(tests);
      (root.isArray() ? root : root.path("tests")).forEach(test -> add(test, defaults));
    }
  }

  private void add(JsonNode test, JsonNode defaults) {
    Map<String, JsonNode> vars = new LinkedHashMap<>();
    defaults.path("vars").forEachEntry(vars::put);
    test.path("vars").forEachEntry(vars::put);
    List<PromptfooAssert> asserts = new ArrayList<>();
    test.path("assert").forEach(node -> asserts.add(PromptfooAssert.of(node)));
    defaults.path("assert").forEach(node -> asserts.add(PromptfooAssert.of(node)));
    Optional<PromptfooAssert> expected =
        asserts.stream()
            .filter(a -> a.rank().isPresent())
            .min(Comparator.comparing(a -> a.rank().orElseThrow()));
    List<PromptfooAssert> others = new ArrayList<>(asserts);
    expected.ifPresent(others::remove);
    others.forEach(a -> leftOut.merge(a.type().isEmpty() ? "(none)" : a.type(), 1, Integer::sum));
    for (ObjectNode row : expanded(vars)) {
      expected.ifPresent(a -> answer(row, a));
      rows.add(row);
    }
  }

  private void answer(ObjectNode row, PromptfooAssert expected) {
    if (expected.value() instanceof ObjectNode object) {
      object.forEachEntry(
          (name, value) -> {
            outputs.add(FieldName.of(name));
            row.set(FieldName.of(name), value);
          });
    } else {
      outputs.add(ANSWER);
      row.set(ANSWER, expected.value());
      if (!expected.isExact()) {
        String note =
            "some answers are from `%s`, and need not be the whole text".formatted(expected.type());
        if (!notes.contains(note)) {
          notes.add(note);
        }
      }
    }
  }

  /** A row for each combination of the values of variables that are lists, as promptfoo does. */
  private List<ObjectNode> expanded(Map<String, JsonNode> vars) {
    List<ObjectNode> expanded = new ArrayList<>(List.of(Json.object()));
    for (Map.Entry<String, JsonNode> entry : vars.entrySet()) {
      String name = FieldName.of(entry.getKey());
      inputs.add(name);
      List<JsonNode> values =
          entry.getValue().isArray()
              ? entry.getValue().valueStream().toList()
              : List.of(entry.getValue());
      List<ObjectNode> more = new ArrayList<>();
      for (ObjectNode row : expanded) {
        values.forEach(value -> more.add(row.deepCopy().set(name, value)));
      }
      if (more.size() > MOST_ROWS_OF_A_TEST) {
        throw InvalidInputException.of(
            "A test of %s has %,d combinations of its variables".formatted(file, more.size()),
            "write the rows you mean one by one");
      }
      expanded = more;
    }
    return expanded;
  }
}
