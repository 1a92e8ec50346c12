package dev.hone.springai;

import dev.hone.json.Json;
import dev.hone.lm.ToolSpec;
import dev.hone.tool.Tool;
import dev.hone.tool.ToolException;
import dev.hone.tool.ToolOutput;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.execution.ToolExecutionException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A tool of Spring AI. */
record SpringAiTool(ToolSpec spec, ToolCallback callback, ToolContext context) implements Tool {
  /** What is missing is told before; Spring AI would pass null for it. */
  @Override
  public ObjectNode read(ObjectNode arguments) {
    for (JsonNode name : spec.parameters().path("required")) {
      JsonNode value = arguments.path(name.asString(""));
      if (value.isMissingNode() || value.isNull()) {
        throw new ToolException(
            "The argument \"%s\" of \"%s\" is missing. Call it again with it."
                .formatted(name.asString(""), spec.name()));
      }
    }
    return arguments;
  }

  @Override
  public ToolOutput call(ObjectNode arguments) throws Exception {
    String written = Json.write(read(arguments));
    @Nullable String result;
    try {
      result =
          context.getContext().isEmpty() ? callback.call(written) : callback.call(written, context);
    } catch (ToolExecutionException e) {
      throw cause(e);
    }
    return ToolOutput.text(text(result));
  }

  private static Exception cause(ToolExecutionException error) {
    if (error.getCause() instanceof Error cause) {
      throw cause;
    }
    return error.getCause() instanceof Exception cause ? cause : error;
  }

  /** Spring AI writes a text as JSON; a model reads it as it is. */
  private static String text(@Nullable String result) {
    if (result == null) {
      return "null";
    }
    if (!result.startsWith("\"")) {
      return result;
    }
    try {
      JsonNode value = Json.parse(result);
      return value.isString() ? value.stringValue() : result;
    } catch (JacksonException e) {
      return result;
    }
  }
}
