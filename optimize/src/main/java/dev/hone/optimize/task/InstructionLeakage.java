package dev.hone.optimize.task;

import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.program.PredictorState;
import dev.hone.program.ProgramState;
import dev.hone.text.Excerpt;
import dev.hone.text.Plural;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * Instructions that copy examples which a program is measured by: their answers may stand in the
 * prompt, so that the score on them shows nothing.
 */
public final class InstructionLeakage {
  /** Shorter texts recur by accident. */
  private static final int LEAST_CHARACTERS = 30;

  private static final int QUOTED = 80;

  private InstructionLeakage() {}

  /**
   * The note on the examples whose input an instruction of a state holds; none if there are none.
   */
  public static List<String> note(ProgramState state, Dataset<?, ?> examples, String role) {
    List<String> instructions =
        state.byPredictor().values().stream()
            .map(PredictorState::instructions)
            .map(InstructionLeakage::plain)
            .toList();
    List<String> copied =
        examples.examples().stream()
            .map(Example::inputJson)
            .flatMap(input -> input.values().stream())
            .filter(JsonNode::isString)
            .map(JsonNode::asString)
            .filter(text -> plain(text).length() >= LEAST_CHARACTERS)
            .filter(text -> instructions.stream().anyMatch(one -> one.contains(plain(text))))
            .toList();
    return copied.isEmpty()
        ? List.of()
        : List.of(
            "The instructions that are returned copy %s, the first: \"%s\". Their scores may be of what is told, not of what is understood."
                .formatted(
                    Plural.of(copied.size(), role + " example"),
                    Excerpt.ofLine(copied.get(0), QUOTED)));
  }

  private static String plain(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
  }
}
