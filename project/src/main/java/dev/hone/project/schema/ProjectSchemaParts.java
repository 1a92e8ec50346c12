package dev.hone.project.schema;

import static dev.hone.project.schema.SchemaNode.anyOf;
import static dev.hone.project.schema.SchemaNode.enumOf;
import static dev.hone.project.schema.SchemaNode.listOf;
import static dev.hone.project.schema.SchemaNode.map;
import static dev.hone.project.schema.SchemaNode.ref;
import static dev.hone.project.schema.SchemaNode.scalar;
import static dev.hone.project.schema.SchemaNode.scalars;
import static dev.hone.project.schema.SchemaNode.text;
import static dev.hone.project.schema.SchemaNode.type;

import dev.hone.json.Json;
import dev.hone.project.field.TypeWords;
import dev.hone.project.optimizer.OptimizerCatalog;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** The parts of the schema, in the order of a project file. */
public final class ProjectSchemaParts {
  private static final String PROPERTIES = "properties";

  private ProjectSchemaParts() {}

  /** The whole schema. */
  public static ObjectNode root() {
    ObjectNode root = Json.object().put("$schema", "https://json-schema.org/draft/2020-12/schema");
    root.put("title", "A project of Hone: NAME.hone.yaml");
    root.put("type", "object").put("additionalProperties", false);
    root.putArray("required").add("inputs").add("outputs");
    ObjectNode keys = root.putObject(PROPERTIES);
    keys.set("data", data());
    keys.set("task", text("What the program is to do; the model is told this."));
    keys.set("inputs", described(ref("fields"), "What the program is given."));
    keys.set("outputs", described(ref("fields"), "What it returns."));
    keys.set("strategy", described(ref("strategy"), "How it comes to its answer."));
    keys.set("steps", steps());
    keys.set("metric", metric());
    keys.set("model", described(ref("model"), "The model that answers."));
    keys.set("teacher", described(ref("model"), "The model whose runs become demos."));
    keys.set("proposer", described(ref("model"), "The model that writes instructions."));
    keys.set("split", split());
    keys.set("budget", budget());
    keys.set("optimizer", optimizer());
    ObjectNode defs = root.putObject("$defs");
    defs.set("fields", fields());
    defs.set("field", field());
    defs.set("type", itemType());
    defs.set("strategy", strategy());
    defs.set("server", server());
    defs.set("model", model());
    return root;
  }

  private static ObjectNode described(ObjectNode node, String description) {
    return node.put("description", description);
  }

  private static ObjectNode data() {
    ObjectNode map = map("");
    map.putArray("required").add("file");
    ObjectNode keys = map.putObject(PROPERTIES);
    keys.set("file", text("The file of rows, from the folder of this file."));
    keys.set("test", text("A file of test rows; then nothing is split."));
    keys.set("format", enumOf(List.of("csv", "jsonl"), "Found by the file."));
    keys.set("separator", text("One sign, or comma, semicolon, tab, pipe. Found by the file."));
    keys.set("encoding", text("Such as UTF-8 or Windows-1252. Found by the file."));
    keys.set("decimal comma", scalar("Whether 3,5 is a number. Found by the file."));
    keys.set("date format", text("Such as dd.MM.yyyy. Found by the file."));
    ObjectNode columns = type("object", "Columns that have another name than their field.");
    columns.set("additionalProperties", text(""));
    keys.set("columns", columns);
    return anyOf("The file of rows, and how it is written.", text(""), map);
  }

  private static ObjectNode fields() {
    ObjectNode map = type("object", "").put("minProperties", 1);
    map.putObject("propertyNames").put("pattern", "^[\\p{L}_][\\p{L}\\p{N}_]*$");
    map.set("additionalProperties", ref("field"));
    return anyOf("Names with descriptions.", map, listOf(text("")).put("minItems", 1));
  }

  private static ObjectNode field() {
    ObjectNode map = map("");
    ObjectNode keys = map.putObject(PROPERTIES);
    keys.set("describe", scalar("What it means; the model is told this."));
    typeKeys(keys);
    keys.set("column", scalar("The column, where it has another name."));
    keys.set("examples", scalars("Some values, for the description."));
    keys.set("min", type("number", "The smallest number."));
    keys.set("max", type("number", "The largest number."));
    keys.set("min size", type("integer", "The fewest characters or items."));
    keys.set("max size", type("integer", "The most characters or items."));
    return anyOf("A description, or keys.", scalar(""), type("null", ""), map);
  }

  private static void typeKeys(ObjectNode keys) {
    keys.set("type", typeWord());
    keys.set(
        "one of",
        anyOf(
            "The values it can have, with or without descriptions.",
            listOf(scalar("")).put("minItems", 1),
            type("object", "").put("minProperties", 1)));
    keys.set("list of", described(ref("type"), "What its items are."));
    keys.set("set of", described(ref("type"), "What its items are, none twice."));
    keys.set("map of", described(ref("type"), "What its values are."));
    keys.set("fields", described(ref("fields"), "The parts of a record."));
    keys.set("optional", scalar("Whether it may be absent."));
  }

  private static ObjectNode typeWord() {
    return anyOf(
        "The type; text where none is said.",
        enumOf(TypeWords.words(), ""),
        text("").put("pattern", "[\\[?]|^(str|int|float|bool|long|double)$"));
  }

  private static ObjectNode itemType() {
    ObjectNode map = map("");
    ObjectNode keys = map.putObject(PROPERTIES);
    keys.set("describe", scalar(""));
    typeKeys(keys);
    return anyOf("", typeWord(), map);
  }

  private static ObjectNode strategy() {
    ObjectNode agent = map("Uses tools, turn by turn.");
    agent.putArray("required").add("tools");
    ObjectNode keys = agent.putObject(PROPERTIES);
    keys.set("tools", anyOf("MCP servers.", ref("server"), listOf(ref("server"))));
    keys.set("max turns", type("integer", "The most turns.").put("minimum", 1));
    ObjectNode map = map("");
    map.putArray("required").add("react");
    map.putObject(PROPERTIES).set("react", agent);
    return anyOf("", enumOf(List.of("predict", "chain of thought"), ""), map);
  }

  private static ObjectNode server() {
    ObjectNode map = map("An MCP server.");
    ObjectNode keys = map.putObject(PROPERTIES);
    keys.set("command", scalars("The program that is started, with its arguments."));
    keys.set("url", text("Where it is, such as https://HOST/mcp."));
    keys.set("environment", variables("Names of variables of the environment that it sees."));
    keys.set("headers", variables("Headers, with the names of variables that hold their values."));
    keys.set("only", scalars("The tools that are used; all where none is said."));
    keys.set("prefix", text("Stands before the names of its tools."));
    return map;
  }

  private static ObjectNode variables(String description) {
    ObjectNode map = type("object", "");
    map.set("additionalProperties", text(""));
    return anyOf(description, listOf(text("")), map);
  }

  private static ObjectNode steps() {
    ObjectNode step = map("A step.");
    step.putArray("required").add("gives");
    ObjectNode keys = step.putObject(PROPERTIES);
    keys.set("task", text("What the step is to do."));
    keys.set("takes", scalars("Inputs, and what earlier steps give; all where none is said."));
    keys.set("gives", described(ref("fields"), "Outputs of the project, or fields of its own."));
    keys.set("strategy", ref("strategy"));
    ObjectNode steps = type("object", "Steps, one after the other, in place of a strategy.");
    steps.set("additionalProperties", step);
    return steps;
  }

  private static ObjectNode metric() {
    ObjectNode judge = map("");
    judge.putArray("required").add("criteria");
    ObjectNode keys = judge.putObject(PROPERTIES);
    keys.set("criteria", text("What a good answer is."));
    keys.set("model", ref("model"));
    keys.set("grades", type("integer", "The best grade; 5 where none is said.").put("minimum", 2));
    keys.set("label", scalar("Whether it sees the expected answer."));
    keys.set("repeat", type("integer", "How often it is asked.").put("minimum", 1));
    keys.set("weight", type("number", "How much it counts beside score."));
    ObjectNode limits = type("object", "Metrics of sets with the least value they may have.");
    limits
        .putObject("additionalProperties")
        .put("type", "number")
        .put("minimum", -1)
        .put("maximum", 1);
    ObjectNode map = map("");
    ObjectNode parts = map.putObject(PROPERTIES);
    parts.set("score", anyOf("", text(""), listOf(text(""))));
    parts.set("judge", anyOf("A model that grades answers.", text(""), judge));
    parts.set("at least", limits);
    return anyOf(
        "Such as exact(topic), mean of exact(topic), 2 * f1(answer), macro f1(topic), by field.",
        text(""),
        listOf(text("")),
        map);
  }

  private static ObjectNode model() {
    ObjectNode map = map("");
    map.putArray("required").add("name");
    ObjectNode keys = map.putObject(PROPERTIES);
    keys.set("name", text("Such as embedded, openai:gpt-4o-mini."));
    keys.set("temperature", type("number", "").put("minimum", 0));
    keys.set("max tokens", type("integer", "").put("minimum", 1));
    keys.set("top p", type("number", ""));
    keys.set("stop", scalars(""));
    return anyOf("", text(""), map);
  }

  private static ObjectNode split() {
    ObjectNode map = map("Which rows are test rows, which no optimizer sees.");
    ObjectNode keys = map.putObject(PROPERTIES);
    keys.set("test", scalar("A share such as 40%, or a number of rows."));
    keys.set("seed", type("integer", "Decides which."));
    keys.set("by", enumOf(List.of("label", "random", "content"), "How they are spread."));
    return map;
  }

  private static ObjectNode budget() {
    ObjectNode map = map("What all calls of a run may cost.");
    ObjectNode keys = map.putObject(PROPERTIES);
    keys.set("calls", scalar("The most calls of models."));
    keys.set("tokens", scalar("The most tokens, such as 500k."));
    keys.set("money", scalar("The most US dollars."));
    keys.set("time", scalar("The most time, such as 10 min."));
    return map;
  }

  private static ObjectNode optimizer() {
    ObjectNode map = map("");
    ObjectNode keys = map.putObject(PROPERTIES);
    keys.set("name", anyOf("", enumOf(optimizers(), ""), text("")));
    Set<String> settings = new LinkedHashSet<>();
    for (String name : OptimizerCatalog.names()) {
      for (String setting : OptimizerCatalog.settingsOf(name)) {
        if (settings.add(setting)) {
          keys.set(setting, scalars(OptimizerCatalog.describe(name, setting)));
        }
      }
    }
    return anyOf(
        "MIPROv2 light where none is said.", anyOf("", enumOf(optimizers(), ""), text("")), map);
  }

  private static List<String> optimizers() {
    List<String> names = new ArrayList<>(OptimizerCatalog.names());
    names.addAll(1, List.of("MIPROv2 light", "MIPROv2 medium", "MIPROv2 heavy"));
    return names;
  }
}
