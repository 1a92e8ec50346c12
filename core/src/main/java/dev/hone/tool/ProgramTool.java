package dev.hone.tool;

import dev.hone.lm.ToolSpec;
import dev.hone.program.Program;
import tools.jackson.databind.node.ObjectNode;

/**
 * A tool that runs a program. A record, so that the program's predictors are found in what holds
 * the tool; limits, name and description are its own, so that they change no path.
 */
record ProgramTool<I>(
    ToolSpec spec, ToolLimits limits, Arguments<I> arguments, Program<I, ?> program)
    implements Tool {
  static <I> Tool of(
      String name, String description, Arguments<I> arguments, Program<I, ?> program) {
    ToolSpec spec = ToolSpec.of(name, description, arguments.schema());
    return new ProgramTool<>(spec, ToolLimits.defaults(), arguments, program);
  }

  @Override
  public ObjectNode read(ObjectNode given) {
    return arguments.read(given);
  }

  @Override
  public ToolOutput call(ObjectNode given) {
    return ResultText.output(program.run(arguments.decode(given)));
  }

  @Override
  public Tool withLimits(ToolLimits value) {
    return new ProgramTool<>(spec, value, arguments, program);
  }

  @Override
  public Tool withName(String name) {
    ToolSpec named = ToolSpec.of(name, spec.description(), spec.parameters());
    return new ProgramTool<>(named, limits, arguments, program);
  }

  @Override
  public Tool withDescription(String description) {
    return new ProgramTool<>(spec.withDescription(description), limits, arguments, program);
  }

  @Override
  public String toString() {
    return "Tool[" + spec.name() + arguments + "]";
  }
}
