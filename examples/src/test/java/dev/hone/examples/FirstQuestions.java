package dev.hone.examples;

import dev.hone.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** A part of the files of the search examples, so that tests are quick. */
public final class FirstQuestions {
  private static final Path DATA = Path.of("src/main/resources/dev/hone/examples/search");

  /** How many questions of each file; {@code -Dhone.search.questions=216} for all. */
  private static final int COUNT = Integer.getInteger("hone.search.questions", 64);

  private FirstQuestions() {}

  /** Writes the first questions of train.json and test.json to a folder. */
  public static void copyTo(Path folder) throws IOException {
    for (String file : new String[] {"train.json", "test.json"}) {
      ArrayNode first = Json.array();
      for (JsonNode question : Json.parse(Files.readString(DATA.resolve(file)))) {
        if (first.size() < COUNT) {
          first.add(question);
        }
      }
      Files.writeString(folder.resolve(file), Json.write(first));
    }
  }
}
