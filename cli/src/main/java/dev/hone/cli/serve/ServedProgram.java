package dev.hone.cli.serve;

import dev.hone.context.Context;
import dev.hone.program.Program;
import dev.hone.signature.Signature;
import tools.jackson.databind.node.ObjectNode;

/**
 * A program as it is served.
 *
 * @param name its project
 * @param signature what it takes and gives
 * @param program the program
 * @param context with the model
 */
record ServedProgram(
    String name,
    Signature<ObjectNode, ObjectNode> signature,
    Program<ObjectNode, ObjectNode> program,
    Context context) {
  ObjectNode run(ObjectNode input) {
    return context.call(() -> program.run(input));
  }
}
