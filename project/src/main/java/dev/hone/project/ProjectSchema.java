package dev.hone.project;

import dev.hone.json.Json;
import dev.hone.project.schema.ProjectSchemaParts;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON Schema of project files, by which editors complete and check them; the file
 * docs/schema/hone.schema.json is its text. What it allows, {@link ProgramFile} may still refuse:
 * it knows no columns, and no metric's fields.
 */
public final class ProjectSchema {
  private ProjectSchema() {}

  /** The schema. */
  public static ObjectNode json() {
    return ProjectSchemaParts.root();
  }

  /** The schema as text, with a line end. */
  public static String text() {
    return Json.pretty(json()) + "\n";
  }
}
