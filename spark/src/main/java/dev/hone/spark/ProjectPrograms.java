package dev.hone.spark;

import dev.hone.InvalidInputException;
import dev.hone.compiled.Compiled;
import dev.hone.json.Json;
import dev.hone.program.Program;
import dev.hone.project.ProgramFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Programs of project files. Apart, as only these need the module project. */
final class ProjectPrograms {
  private ProjectPrograms() {}

  /** What a project is called. */
  static String name(Path project) {
    String file = String.valueOf(project.getFileName());
    return file.endsWith(ProgramFile.SUFFIX)
        ? file.substring(0, file.length() - ProgramFile.SUFFIX.length())
        : file;
  }

  /** The program of a project file's text. */
  static SparkProgram.Loaded load(String text, String name, @Nullable String artifact) {
    // The executor that runs it ends the connections to servers of tools when its process ends.
    @SuppressWarnings("resource")
    ProgramFile file = ProgramFile.parse(text, Path.of(""), name);
    Program<ObjectNode, ObjectNode> written = file.program();
    Program<ObjectNode, ObjectNode> program =
        artifact == null ? written : Compiled.fromJson(written, object(artifact));
    Map<String, String> columns = new LinkedHashMap<>();
    file.columns().fieldByColumn().forEach((column, field) -> columns.put(field, column));
    return new SparkProgram.Loaded(program, file.signature(), columns);
  }

  private static ObjectNode object(String artifact) {
    if (Json.parseFile(artifact) instanceof ObjectNode object) {
      return object;
    }
    throw InvalidInputException.of(
        "The program is no JSON object", "pass the file that hone optimize wrote");
  }
}
