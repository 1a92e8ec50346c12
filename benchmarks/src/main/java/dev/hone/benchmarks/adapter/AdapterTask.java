package dev.hone.benchmarks.adapter;

import dev.hone.data.Example;
import dev.hone.lm.ToolSpec;
import dev.hone.program.Predict;
import dev.hone.prompt.Demo;
import dev.hone.signature.Codec;
import dev.hone.signature.Signature;
import java.util.List;
import java.util.function.ToDoubleBiFunction;
import tools.jackson.databind.node.ObjectNode;

/**
 * A task with gold labels.
 *
 * @param name what tables call it
 * @param signature what is asked
 * @param tools what may be called; empty for tasks without
 * @param examples inputs with gold
 * @param demos worked examples, none of them among these
 * @param score of gold and output, from 0 to 1
 * @param maxTokens the most that a reply may have
 */
record AdapterTask(
    String name,
    Signature<ObjectNode, ObjectNode> signature,
    List<ToolSpec> tools,
    List<Example<ObjectNode, ObjectNode>> examples,
    List<Demo> demos,
    ToDoubleBiFunction<ObjectNode, ObjectNode> score,
    int maxTokens) {
  private static final int DEMOS = 2;

  /** A task whose last examples are its demos. */
  static AdapterTask of(
      String name,
      Signature<?, ?> signature,
      List<Example<ObjectNode, ObjectNode>> all,
      ToDoubleBiFunction<ObjectNode, ObjectNode> score,
      int maxTokens) {
    int size = all.size() - DEMOS;
    List<Demo> demos =
        all.subList(size, all.size()).stream()
            .map(e -> new Demo(e.inputJson(), e.expectedJson(), Demo.Origin.LABELED, e.id()))
            .toList();
    return new AdapterTask(
        name, untyped(signature), List.of(), all.subList(0, size), demos, score, maxTokens);
  }

  /** The number of examples to take: at most those to measure, and those for demos. */
  static int withDemos(int most) {
    return most + DEMOS;
  }

  AdapterTask withTools(List<ToolSpec> specs) {
    return new AdapterTask(name, signature, specs, examples, demos, score, maxTokens);
  }

  /** The same without demos. */
  AdapterTask withoutDemos() {
    return new AdapterTask(name, signature, tools, examples, List.of(), score, maxTokens);
  }

  /** The same fields, as JSON objects. */
  static Signature<ObjectNode, ObjectNode> untyped(Signature<?, ?> signature) {
    return Signature.of(
        Codec.ofJson(signature.inputFields()),
        Codec.ofJson(signature.outputFields()),
        signature.instructions());
  }

  Predict<ObjectNode, ObjectNode> program() {
    return Predict.of(signature).withTools(tools).withDemos(demos);
  }

  List<AdapterCase> cases() {
    return tools.isEmpty() ? AdapterCase.forOutputs() : AdapterCase.forTools();
  }
}
