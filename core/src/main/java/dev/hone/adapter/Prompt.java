package dev.hone.adapter;

import dev.hone.signature.Signature;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * All that one call is made of, before it is rendered.
 *
 * @param signature the fields that are taken and returned
 * @param instructions what the model is to do
 * @param demos worked examples, in the order in which they are shown
 * @param input the input fields' values
 */
public record Prompt(
    Signature<?, ?> signature, String instructions, List<Demo> demos, ObjectNode input) {
  /** Copies the demos. */
  public Prompt {
    demos = List.copyOf(demos);
  }
}
