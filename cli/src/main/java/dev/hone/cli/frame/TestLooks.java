package dev.hone.cli.frame;

import dev.hone.InvalidInputException;
import dev.hone.file.UnwritableFileException;
import dev.hone.file.WholeFile;
import dev.hone.json.Json;
import dev.hone.project.ProgramFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How often the test rows of a project were looked at, kept in {@code NAME.test-looks.json} beside
 * it.
 *
 * @param count the number of looks, this one included
 */
public record TestLooks(int count) {
  private static final String LOOKS = "looks";

  /**
   * Counts a look. A file that cannot be read begins anew; one that cannot be written is an error.
   */
  public static TestLooks count(ProgramFile project, Clock clock) {
    Path file = project.file().resolveSibling(project.name() + ".test-looks.json");
    ArrayNode looks = earlier(file);
    looks.add(clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    ObjectNode json = Json.object().put("format", "hone-test-looks/1");
    json.set(LOOKS, looks);
    try {
      new WholeFile(file, "tickets.test-looks.json").write(Json.pretty(json) + "\n");
    } catch (UnwritableFileException e) {
      throw new InvalidInputException(
          "%s cannot be written: %s. Maybe %s.".formatted(file, e.problem(), e.fix()), e);
    }
    return new TestLooks(looks.size());
  }

  private static ArrayNode earlier(Path file) {
    try {
      JsonNode looks = Json.parse(Files.readString(file)).path(LOOKS);
      return looks instanceof ArrayNode array ? array.deepCopy() : Json.array();
    } catch (IOException | JacksonException e) {
      return Json.array();
    }
  }

  /** In a sentence. */
  public String inWords() {
    return count == 1
        ? "the first look at the test rows"
        : "look number %d at the test rows; who chooses by them tunes on them".formatted(count);
  }
}
