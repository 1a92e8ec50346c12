package dev.hone.lm;

import tools.jackson.databind.node.ObjectNode;

/** The form that a reply must have. */
public sealed interface ResponseFormat {
  /** Any text. */
  ResponseFormat TEXT = new Text();

  /** Any text. */
  record Text() implements ResponseFormat {}

  /**
   * A JSON object bound to a schema by the provider.
   *
   * @param name the schema's name: letters, digits and underscores
   * @param schema the JSON schema; never changed
   */
  record JsonSchema(String name, ObjectNode schema) implements ResponseFormat {}
}
