package dev.hone.optimize.propose;

import dev.hone.adapter.Demo;
import dev.hone.data.Example;
import dev.hone.json.Json;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Examples and demos as text for the proposer: one line per field, a blank line between them. */
final class ExampleText {
  /** Longer values are cut, so that a batch of examples fits into every model's window. */
  private static final int MOST_CHARACTERS = 600;

  private ExampleText() {}

  static String ofExamples(List<? extends Example<?, ?>> examples) {
    return examples.stream()
        .map(example -> lines(example.inputJson()) + lines(example.expectedJson()))
        .collect(Collectors.joining("\n"))
        .strip();
  }

  static String ofDemos(List<Demo> demos) {
    return demos.stream()
        .map(demo -> lines(demo.inputs()) + lines(demo.outputs()))
        .collect(Collectors.joining("\n"))
        .strip();
  }

  private static String lines(ObjectNode values) {
    return values.properties().stream()
        .map(entry -> entry.getKey() + ": " + text(entry.getValue()) + "\n")
        .collect(Collectors.joining());
  }

  private static String text(JsonNode value) {
    String text = (value.isString() ? value.stringValue() : Json.write(value)).strip();
    String line = text.replaceAll("\\s*\\R\\s*", " ");
    return line.length() <= MOST_CHARACTERS ? line : line.substring(0, MOST_CHARACTERS) + " …";
  }
}
