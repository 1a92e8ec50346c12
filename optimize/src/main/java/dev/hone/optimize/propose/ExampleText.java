package dev.hone.optimize.propose;

import dev.hone.data.Example;
import dev.hone.json.Json;
import dev.hone.optimize.candidate.DemoCandidate;
import dev.hone.optimize.candidate.ProposalChoice;
import dev.hone.prompt.Demo;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Examples and demos as text for the proposer: one line per field, a blank line between them.
 * Values of more than {@value Truncation#VALUE} characters are cut; of examples that are too much
 * together the last ones are left out. Both is said.
 */
final class ExampleText {
  /** How many demos a proposal is shown. */
  private static final int DEMOS_SHOWN = 3;

  private ExampleText() {}

  static String ofExamples(List<? extends Example<?, ?>> examples) {
    return joined(examples.stream().map(ExampleText::lines).toList());
  }

  static String ofDemos(List<Demo> demos) {
    return joined(
        demos.stream().map(demo -> lines(demo.inputs()) + lines(demo.outputs())).toList());
  }

  /** The demos of the chosen set; where it has none, of the sets after it. */
  static String ofChosen(ProposalChoice choice, List<DemoCandidate> demoSets) {
    if (choice.demoSetIndex() < 0) {
      return "";
    }
    for (int i = 0; i < demoSets.size(); i++) {
      List<Demo> demos = demoSets.get((choice.demoSetIndex() + i) % demoSets.size()).demos();
      if (!demos.isEmpty()) {
        return ofDemos(demos.subList(0, Math.min(DEMOS_SHOWN, demos.size())));
      }
    }
    return "";
  }

  static String lines(Example<?, ?> example) {
    return lines(example.inputJson()) + (example.hasLabel() ? lines(example.expectedJson()) : "");
  }

  static String joined(List<String> examples) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < examples.size(); i++) {
      String example = examples.get(i);
      if (i > 0 && text.length() + example.length() > Truncation.LIST) {
        return text.append(
                "\n… (%d of %d examples %s shown)"
                    .formatted(i, examples.size(), i == 1 ? "is" : "are"))
            .toString()
            .strip();
      }
      text.append(i > 0 ? "\n" : "").append(Truncation.to(Truncation.LIST, example));
    }
    return text.toString().strip();
  }

  static String lines(ObjectNode values) {
    return values.properties().stream()
        .map(entry -> entry.getKey() + ": " + text(entry.getValue()) + "\n")
        .collect(Collectors.joining());
  }

  private static String text(JsonNode value) {
    return Truncation.to(
        Truncation.VALUE,
        Truncation.line(value.isString() ? value.stringValue() : Json.write(value)));
  }
}
