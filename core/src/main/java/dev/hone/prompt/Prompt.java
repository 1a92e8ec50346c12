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
  private final Calls calls;
  private final String advice;

  private Prompt(
      Signature<?, ?> signature,
      String instructions,
      List<Demo> demos,
      ObjectNode input,
      Calls calls,
      String advice) {
    this.signature = signature;
    this.instructions = instructions;
    this.demos = List.copyOf(demos);
    this.input = input;
    this.calls = calls;
    this.advice = advice;
  }

  /** Which tools may and must be called, and by what. */
  private record Calls(List<ToolSpec> tools, @Nullable String required, boolean byParts) {
    static final Calls NONE = new Calls(List.of(), null, false);
  }

  /** A prompt for the values of the input fields, without tools or advice. */
  public static Prompt of(
      Signature<?, ?> signature, String instructions, List<Demo> demos, ObjectNode input) {
    return new Prompt(signature, instructions, demos, input, Calls.NONE, "");
  }

  /** A copy with tools that the model may call, and none that it must. */
  public Prompt withTools(List<ToolSpec> value) {
    return with(new Calls(List.copyOf(value), null, false));
  }

  /**
   * A copy in which the model must call one of the tools.
   *
   * @throws InvalidInputException if there is no tool of that name
   */
  public Prompt withRequiredTool(String name) {
    if (tools().stream().noneMatch(tool -> tool.name().equals(name))) {
      throw InvalidInputException.of(
          "The required tool \"%s\" is none of %s"
              .formatted(name, tools().stream().map(ToolSpec::name).toList()),
          "require one of these");
    }
    return with(new Calls(tools(), name, calls.byParts()));
  }

  /**
   * A copy that says how it was rendered: with the tools in the request, so that a reply calls them
   * by its parts and its text is what the model thinks; false by default. For those who read the
   * reply.
   */
  public Prompt withCallsByParts(boolean value) {
    return with(new Calls(tools(), calls.required(), value));
  }

  private Prompt with(Calls value) {
    return new Prompt(signature, instructions, demos, input, value, advice);
  }

  /** A copy with advice for this call, such as what was wrong with an earlier try. */
  public Prompt withAdvice(String text) {
    return new Prompt(signature, instructions, demos, input, calls, text.strip());
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
    return calls.tools();
  }

  /** The tool that the model must call, if there is one. */
  public Optional<String> requiredTool() {
    return Optional.ofNullable(calls.required());
  }

  /** Whether the tools are in the request, rather than in its text. */
  public boolean callsByParts() {
    return calls.byParts();
  }

  /** Advice for this call only, shown after the input; empty for none. */
  public String advice() {
    return advice;
  }
}
