package dev.hone.benchmarks.realserver;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.hone.json.Json;
import tools.jackson.databind.node.ObjectNode;

/** Whether a text is JSON that a schema allows, by a validator that is not Hone's. */
final class SchemaFit {
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private SchemaFit() {}

  static boolean fits(String text, ObjectNode schema) {
    Schema validator = REGISTRY.getSchema(Json.write(schema), InputFormat.JSON);
    try {
      return validator.validate(text, InputFormat.JSON).isEmpty();
    } catch (RuntimeException e) {
      return false; // no JSON at all
    }
  }
}
