package dev.hone.local;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a conversation holds.
 *
 * @param json whether the reply is to be one JSON object, rather than sections
 * @param outputs the fields that are asked for; empty if the conversation has no known layout
 * @param instructions the task in words
 * @param demos worked examples, in order
 * @param input the input fields' texts by name, in order
 */
record ReadPrompt(
    boolean json,
    List<ReadField> outputs,
    String instructions,
    List<ReadDemo> demos,
    Map<String, String> input) {

  /**
   * One worked example.
   *
   * @param input the input fields' texts by name
   * @param output the output fields' values by name
   */
  record ReadDemo(Map<String, String> input, ObjectNode output) {}
}
