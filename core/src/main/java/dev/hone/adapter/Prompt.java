package dev.hone.adapter;

import dev.hone.signature.Signature;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** All that one call is made of, before it is rendered. Immutable. */
public final class Prompt {
  private final Signature<?, ?> signature;
  private final String instructions;
  private final List<Demo> demos;
  private final ObjectNode input;

  private Prompt(
      Signature<?, ?> signature, String instructions, List<Demo> demos, ObjectNode input) {
    this.signature = signature;
    this.instructions = instructions;
    this.demos = List.copyOf(demos);
    this.input = input;
  }

  /** A prompt for the values of the input fields. */
  public static Prompt of(
      Signature<?, ?> signature, String instructions, List<Demo> demos, ObjectNode input) {
    return new Prompt(signature, instructions, demos, input);
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
}
