package dev.hone.tool;

import dev.hone.lm.ToolSpec;
import tools.jackson.databind.node.ObjectNode;

/**
 * A tool with another specification or other limits. A record, so that a program is found in it.
 */
record AdaptedTool(Tool tool, ToolSpec spec, ToolLimits limits) implements Tool {
  @Override
  public ToolOutput call(ObjectNode arguments) throws Exception {
    return tool.call(arguments);
  }

  @Override
  public ObjectNode read(ObjectNode arguments) {
    return tool.read(arguments);
  }

  @Override
  public Tool withLimits(ToolLimits value) {
    return new AdaptedTool(tool, spec, value);
  }

  @Override
  public Tool withName(String name) {
    return new AdaptedTool(tool, ToolSpec.of(name, spec.description(), spec.parameters()), limits);
  }

  @Override
  public Tool withDescription(String description) {
    return new AdaptedTool(tool, spec.withDescription(description), limits);
  }
}
