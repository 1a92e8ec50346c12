package dev.hone.tool;

import dev.hone.lm.ToolSpec;
import tools.jackson.databind.node.ObjectNode;

/** A tool of a lambda or of a method. */
final class FunctionTool<A> implements Tool {
  private final ToolSpec spec;
  private final ToolLimits limits;
  private final Arguments<A> arguments;
  private final Function<? super A> function;

  private FunctionTool(
      ToolSpec spec, ToolLimits limits, Arguments<A> arguments, Function<? super A> function) {
    this.spec = spec;
    this.limits = limits;
    this.arguments = arguments;
    this.function = function;
  }

  static <A> Tool of(
      String name, String description, Arguments<A> arguments, Function<? super A> function) {
    ToolSpec spec = ToolSpec.of(name, description, arguments.schema());
    return new FunctionTool<>(spec, ToolLimits.defaults(), arguments, function);
  }

  @Override
  public ToolSpec spec() {
    return spec;
  }

  @Override
  public ToolLimits limits() {
    return limits;
  }

  @Override
  public Tool withLimits(ToolLimits value) {
    return new FunctionTool<>(spec, value, arguments, function);
  }

  @Override
  public ObjectNode read(ObjectNode given) {
    return arguments.read(given);
  }

  @Override
  public ToolOutput call(ObjectNode given) throws Exception {
    return ResultText.output(function.apply(arguments.decode(given)));
  }

  @Override
  public String toString() {
    return "Tool[" + spec.name() + arguments + "]";
  }
}
