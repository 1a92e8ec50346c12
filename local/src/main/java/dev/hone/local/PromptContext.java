package dev.hone.local;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * All that a conversation teaches: everything before the input. Compared by identity, so that what
 * is learnt from it can be kept by it.
 */
final class PromptContext {
  private final String marker;
  private final List<ParsedField> inputs;
  private final List<ParsedField> outputs;
  private final String instructions;
  private final List<ParsedDemo> demos;
  private final Map<String, PromptContext> inside = new ConcurrentHashMap<>();

  /**
   * One worked example.
   *
   * @param input the input fields' texts by name
   * @param output the output fields' values by name; those that were not given are missing
   */
  record ParsedDemo(Map<String, String> input, ObjectNode output) {}

  PromptContext(
      String marker,
      List<ParsedField> inputs,
      List<ParsedField> outputs,
      String instructions,
      List<ParsedDemo> demos) {
    this.marker = marker;
    this.inputs = inputs;
    this.outputs = outputs;
    this.instructions = instructions;
    this.demos = List.copyOf(demos);
  }

  /** A copy with demos. */
  PromptContext with(List<ParsedDemo> value) {
    return new PromptContext(marker, inputs, outputs, instructions, value);
  }

  /** A copy that asks for other fields. */
  PromptContext asking(List<ParsedField> fields) {
    return new PromptContext(marker, inputs, fields, instructions, demos);
  }

  /** The header that ends a reply in sections; empty if the reply is to be one JSON object. */
  String marker() {
    return marker;
  }

  /** The fields that are given; empty if the conversation has no known layout. */
  List<ParsedField> inputs() {
    return inputs;
  }

  /** The fields that are asked for; empty if the conversation has no known layout. */
  List<ParsedField> outputs() {
    return outputs;
  }

  /** The task in words; may be empty. */
  String instructions() {
    return instructions;
  }

  /** The worked examples, in order. */
  List<ParsedDemo> demos() {
    return demos;
  }

  /** What is taught about the parts of a field that holds objects. */
  PromptContext inside(String field) {
    return inside.computeIfAbsent(
        field,
        name ->
            with(
                demos.stream()
                    .filter(demo -> demo.output().get(name) instanceof ObjectNode)
                    .map(demo -> new ParsedDemo(demo.input(), (ObjectNode) demo.output().get(name)))
                    .toList()));
  }
}
