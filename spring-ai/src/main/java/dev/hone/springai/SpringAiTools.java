package dev.hone.springai;

import dev.hone.InvalidInputException;
import dev.hone.json.Json;
import dev.hone.lm.ToolSpec;
import dev.hone.tool.Tool;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.support.ToolCallbacks;
import org.springframework.ai.tool.ToolCallback;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * Spring AI's tools as Hone's: objects with methods that have its annotation {@code @Tool}, and its
 * {@code ToolCallback}s, so those of MCP clients, too. Schemas and the conversion of arguments are
 * those of Spring AI; timeouts, limits and permissions those of Hone, see {@link Tool}.
 *
 * <pre>{@code
 * List<Tool> tools = SpringAiTools.of(new Calculator());
 * }</pre>
 */
public final class SpringAiTools {
  private SpringAiTools() {}

  /**
   * The tools of an object, sorted by name.
   *
   * @throws InvalidInputException if it has no method with {@code @Tool}, or two tools have one
   *     name
   */
  public static List<Tool> of(Object owner) {
    ToolCallback[] callbacks;
    try {
      callbacks = ToolCallbacks.from(owner);
    } catch (IllegalStateException | IllegalArgumentException e) {
      throw new InvalidInputException(
          "%s has no tools of Spring AI: %s. Maybe annotate a method with its @Tool, or use Tools.of for Hone's @ToolMethod."
              .formatted(owner.getClass().getName(), e.getMessage()),
          e);
    }
    return Arrays.stream(callbacks)
        .map(SpringAiTools::of)
        .sorted(Comparator.comparing(Tool::name))
        .toList();
  }

  /**
   * A tool of Spring AI.
   *
   * @throws InvalidInputException if its name is none that providers take, or its schema none of an
   *     object
   */
  public static Tool of(ToolCallback callback) {
    return of(callback, Map.of());
  }

  /**
   * A tool that is given a context with each call, for methods that take Spring AI's {@code
   * ToolContext}.
   *
   * @param context what the model does not see, such as the user
   */
  public static Tool of(ToolCallback callback, Map<String, Object> context) {
    var definition = callback.getToolDefinition();
    ObjectNode schema;
    try {
      schema =
          Json.parse(definition.inputSchema()) instanceof ObjectNode object
              ? object
              : Json.object();
    } catch (JacksonException e) {
      throw new InvalidInputException(
          "The schema of the tool \"%s\" is no JSON: %s. Maybe its maker left it out."
              .formatted(definition.name(), e.getOriginalMessage()),
          e);
    }
    schema.remove("$schema");
    if (!schema.has("type")) {
      schema.put("type", "object");
    }
    return new SpringAiTool(
        ToolSpec.of(definition.name(), definition.description(), schema),
        callback,
        new ToolContext(Map.copyOf(context)));
  }
}
