package dev.hone.adapter.tool;

import dev.hone.json.Json;
import dev.hone.text.Excerpt;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The limits that a JSON schema states, in words. */
final class SchemaLimits {
  private static final int SHOWN_CHARS = 60;

  private SchemaLimits() {}

  /** The limits of a value, in a fixed order. */
  static List<String> of(JsonNode schema) {
    List<String> limits = new ArrayList<>();
    add(limits, schema, "minimum", "at least %s");
    add(limits, schema, "exclusiveMinimum", "more than %s");
    add(limits, schema, "maximum", "at most %s");
    add(limits, schema, "exclusiveMaximum", "less than %s");
    add(limits, schema, "minLength", "at least %s characters");
    add(limits, schema, "maxLength", "at most %s characters");
    add(limits, schema, "minItems", "at least %s items");
    add(limits, schema, "maxItems", "at most %s items");
    if (schema.path("pattern").isString()) {
      limits.add("matches " + Excerpt.ofLine(schema.path("pattern").stringValue(), SHOWN_CHARS));
    }
    if (schema.has("default") && !schema.path("default").isNull()) {
      limits.add("default " + Excerpt.ofLine(Json.write(schema.path("default")), SHOWN_CHARS));
    }
    return limits;
  }

  private static void add(List<String> limits, JsonNode schema, String key, String words) {
    if (schema.path(key).isNumber()) {
      limits.add(words.replace("%s", schema.path(key).asString()));
    }
  }
}
