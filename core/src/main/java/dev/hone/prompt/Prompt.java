package dev.hone.prompt;

import dev.hone.InvalidInputException;
import dev.hone.lm.ToolSpec;
import dev.hone.signature.Signature;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** All that one call is made of, before it is rendered. Immutable. */
public final class Prompt {
  private final Signature<?, ?> signature;
  private final String instructions;
  private final List<Demo> demos;
  private final ObjectNode input;
  private final List<ToolSpec> tools;
  private final @Nullable String requiredTool;
  private final String advice;

  private Prompt(
      Signature<?, ?> signature,
      String instructions,
      List<Demo> demos,
      ObjectNode input,
      List<ToolSpec> tools,
      @Nullable String requiredTool,
      String advice) {
    this.signature = signature;
    this.instructions = instructions;
    this.demos = List.copyOf(demos);
    this.input = input;
    this.tools = List.copyOf(tools);
    this.requiredTool = requiredTool;
    this.advice = advice;
  }

  /** A prompt for the values of the input fields, without tools or advice. */
  public static Prompt of(
      Signature<?, ?> signature, String instructions, List<Demo> demos, ObjectNode input) {
    return new Prompt(signature, instructions, demos, input, List.of(), null, "");
  }

  /**
   * A copy for other fields, of which the demos and the input have the values that they are asked
   * for.
   */
  public Prompt withSignature(Signature<?, ?> value) {
    return new Prompt(value, instructions, demos, input, tools, requiredTool, advice);
  }

  /** A copy with other demos. */
  public Prompt withDemos(List<Demo> value) {
    return new Prompt(signature, instructions, value, input, tools, requiredTool, advice);
  }

  /** A copy with tools that the model may call, and none that it must. */
  public Prompt withTools(List<ToolSpec> value) {
    return new Prompt(signature, instructions, demos, input, value, null, advice);
  }

  /**
   * A copy in which the model must call one of the tools.
   *
   * @throws InvalidInputException if there is no tool of that name
   */
  public Prompt withRequiredTool(String name) {
    if (tools.stream().noneMatch(tool -> tool.name().equals(name))) {
      throw InvalidInputException.of(
          "The required tool \"%s\" is none of %s"
              .formatted(name, tools.stream().map(ToolSpec::name).toList()),
          "require one of these");
    }
    return new Prompt(signature, instructions, demos, input, tools, name, advice);
  }

  /** A copy with advice for this call, such as what was wrong with an earlier try. */
  public Prompt withAdvice(String text) {
    return new Prompt(signature, instructions, demos, input, tools, requiredTool, text.strip());
  }

  /** The fields that are taken and returned. */
  public Signature<?, ?> signature() {
    return signature;
  }

  /** What the model is to do. */
  public String instructions() {
    return instructions;
  }

  /** Worked examples, in the order in which they are shown. */
  public List<Demo> demos() {
    return demos;
  }

  /** The input fields' values. */
  public ObjectNode input() {
    return input;
  }

  /** The tools that the model may call, in the order in which they are shown; may be empty. */
  public List<ToolSpec> tools() {
    return tools;
  }

  /** The tool that the model must call, if there is one. */
  public Optional<String> requiredTool() {
    return Optional.ofNullable(requiredTool);
  }

  /** Advice for this call only, shown after the input; empty for none. */
  public String advice() {
    return advice;
  }
}
