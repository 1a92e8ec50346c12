package dev.hone.tool;

import dev.hone.lm.ToolSpec;
import tools.jackson.databind.node.ObjectNode;

/** What a model may call. Implementations are thread-safe. */
public interface Tool {
  /** Its name, description and the JSON schema of its arguments. */
  ToolSpec spec();

  /**
   * Runs it.
   *
   * @param arguments the arguments as the model wrote them, which it converts to its own types
   * @throws Exception whatever goes wrong; the model is told
   */
  ToolOutput call(ObjectNode arguments) throws Exception;
}
