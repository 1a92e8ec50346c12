package dev.hone.report;

import dev.hone.report.data.RunData;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** A record in which every text is hostile: every value that is a text, and every name of a map. */
public final class HostileRun {
  /** What ends a script, an attribute, a comment or a line, and would run if it were markup. */
  public static final String TEXT =
      "</script></style></title></textarea><img src=x onerror=window.hurt=1>"
          + "<script>window.hurt=1</script>\"' onfocus=window.hurt=1 autofocus x='<!-- ]]> --> &lt;b&gt;"
          + " ${7*7} {{7*7}} javascript:window.hurt=1 \u2028\u2029\u0000\u202e\ud83d\ude00 "
          + "w".repeat(400);

  private static final JsonMapper MAPPER = new JsonMapper();

  private HostileRun() {}

  /** The demo's record with all texts replaced, but those by which kinds are told apart. */
  public static RunRecord record() {
    JsonNode node = MAPPER.readTree(DemoRun.record().json());
    return RunRecord.of(MAPPER.treeToValue(hostile("", node), RunData.class));
  }

  private static JsonNode hostile(String name, JsonNode node) {
    if (node instanceof ObjectNode object) {
      ObjectNode copy = MAPPER.createObjectNode();
      object
          .properties()
          .forEach(
              field ->
                  copy.set(key(name, field.getKey()), hostile(field.getKey(), field.getValue())));
      return copy;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode copy = MAPPER.createArrayNode();
      array.forEach(item -> copy.add(hostile(name, item)));
      return copy;
    }
    return node.isString() && !name.equals("status") ? StringNode.valueOf(TEXT) : node;
  }

  /** Names within maps come from programs and users, too. */
  private static String key(String map, String name) {
    return switch (map) {
      case "byStage",
          "byModel",
          "byPredictor",
          "settings",
          "data",
          "models",
          "versions",
          "facts",
          "partsBefore",
          "partsAfter",
          "instructions",
          "demoSets" ->
          name + TEXT;
      case "choices", "chosen" -> TEXT + name;
      default -> name;
    };
  }
}
