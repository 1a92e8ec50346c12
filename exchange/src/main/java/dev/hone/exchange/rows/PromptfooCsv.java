package dev.hone.exchange.rows;

import dev.hone.InvalidInputException;
import dev.hone.json.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.csv.CsvMapper;
import tools.jackson.dataformat.csv.CsvReadFeature;

/** Tests in a CSV file: a column for each variable, and those that begin with {@code __}. */
final class PromptfooCsv {
  private static final String EXPECTED = "__expected";

  private PromptfooCsv() {}

  static List<ObjectNode> read(Path file) {
    List<String[]> lines = lines(file);
    if (lines.isEmpty()) {
      return List.of();
    }
    String[] names = lines.get(0);
    List<ObjectNode> tests = new ArrayList<>();
    for (String[] cells : lines.subList(1, lines.size())) {
      tests.add(test(names, cells));
    }
    return tests;
  }

  private static ObjectNode test(String[] names, String[] cells) {
    ObjectNode test = Json.object();
    ObjectNode vars = test.putObject("vars");
    ArrayNode asserts = test.putArray("assert");
    for (int i = 0; i < Math.min(names.length, cells.length); i++) {
      String name = names[i].strip();
      if (name.startsWith(EXPECTED) && !cells[i].isBlank()) {
        PromptfooAssert cell = PromptfooAssert.ofCell(cells[i]);
        asserts.addObject().put("type", cell.type()).set("value", cell.value());
      } else if (!name.startsWith("__") && !name.isEmpty()) {
        vars.put(name, cells[i]);
      }
    }
    return test;
  }

  private static List<String[]> lines(Path file) {
    CsvMapper mapper =
        CsvMapper.builder()
            .enable(CsvReadFeature.WRAP_AS_ARRAY)
            .enable(CsvReadFeature.SKIP_EMPTY_LINES)
            .build();
    try (var lines = mapper.readerFor(String[].class).<String[]>readValues(TextFile.read(file))) {
      return lines.readAll();
    } catch (JacksonException e) {
      throw InvalidInputException.of(
          "%s is not CSV: %s".formatted(file, Json.problem(e)), "separate its cells by commas");
    }
  }
}
