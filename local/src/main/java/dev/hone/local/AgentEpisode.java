package dev.hone.local;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * A run of an agent: what it was asked, and what it did.
 *
 * @param input the input fields' texts by name
 * @param steps the calls, in order
 */
record AgentEpisode(Map<String, String> input, List<Step> steps) {
  /**
   * One call of a tool.
   *
   * @param thought what was said before it; may be empty
   * @param tool the tool's name
   * @param arguments its arguments
   * @param returned what it returned, or its error; empty if it has not returned
   */
  record Step(String thought, String tool, ObjectNode arguments, String returned) {
    Step observed(String text) {
      return new Step(thought, tool, arguments, text);
    }
  }

  /** Copies the steps. */
  AgentEpisode {
    steps = List.copyOf(steps);
  }

  /** The run as it was before one of its steps. */
  AgentEpisode before(int step) {
    return new AgentEpisode(input, steps.subList(0, step));
  }

  /** The input as one text. */
  String inputText() {
    return ParsedPrompt.text(input);
  }

  /** How many steps called other tools than this one. */
  int stepsWithout(String tool) {
    return (int) steps.stream().filter(step -> !step.tool().equals(tool)).count();
  }
}
