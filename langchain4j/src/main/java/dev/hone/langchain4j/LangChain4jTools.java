package dev.hone.langchain4j;

import dev.hone.InvalidInputException;
import dev.hone.json.Json;
import dev.hone.lm.ToolSpec;
import dev.hone.tool.Tool;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.agent.tool.ToolSpecifications;
import dev.langchain4j.service.tool.DefaultToolExecutor;
import dev.langchain4j.service.tool.ToolExecutor;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * LangChain4j's tools as Hone's: objects with methods that have its annotation {@code @Tool}, and
 * its tool specifications with their executors. Schemas and the conversion of arguments are those
 * of LangChain4j; timeouts, limits and permissions those of Hone, see {@link Tool}.
 *
 * <pre>{@code
 * List<Tool> tools = LangChain4jTools.of(new Calculator());
 * }</pre>
 */
public final class LangChain4jTools {
  private LangChain4jTools() {}

  /**
   * The tools of an object's class and those above it, sorted by name.
   *
   * @throws InvalidInputException if it has no method with {@code @Tool}, or two tools have one
   *     name
   */
  public static List<Tool> of(Object owner) {
    List<Tool> tools = new ArrayList<>();
    for (Class<?> c = owner.getClass(); c != null && c != Object.class; c = c.getSuperclass()) {
      for (Method method : c.getDeclaredMethods()) {
        if (method.isAnnotationPresent(dev.langchain4j.agent.tool.Tool.class)
            && !method.isBridge()) {
          tools.add(of(owner, method));
        }
      }
    }
    tools.sort(Comparator.comparing(Tool::name));
    requireTools(owner, tools);
    return List.copyOf(tools);
  }

  private static Tool of(Object owner, Method method) {
    method.setAccessible(true);
    return of(
        ToolSpecifications.toolSpecificationFrom(method),
        DefaultToolExecutor.builder()
            .object(owner)
            .originalMethod(method)
            .methodToInvoke(method)
            .wrapToolArgumentsExceptions(true)
            .propagateToolExecutionExceptions(true)
            .build());
  }

  private static void requireTools(Object owner, List<Tool> tools) {
    if (tools.isEmpty()) {
      throw InvalidInputException.of(
          "%s has no method with LangChain4j's @Tool".formatted(owner.getClass().getName()),
          "annotate one, or use Tools.of for Hone's @ToolMethod");
    }
    for (int i = 1; i < tools.size(); i++) {
      if (tools.get(i).name().equals(tools.get(i - 1).name())) {
        throw InvalidInputException.of(
            "Two methods of %s are tools of the name \"%s\""
                .formatted(owner.getClass().getName(), tools.get(i).name()),
            "give one of them another by @Tool(name = \"...\")");
      }
    }
  }

  /**
   * A tool of a specification, run by its executor.
   *
   * @throws InvalidInputException if the name is none that providers take
   */
  public static Tool of(ToolSpecification specification, ToolExecutor executor) {
    ObjectNode json = (ObjectNode) Json.parse(specification.toJson());
    ObjectNode schema =
        json.path("parameters") instanceof ObjectNode parameters ? parameters : Json.object();
    if (!schema.has("type")) {
      schema.put("type", "object");
    }
    String description = json.path("description").asString("");
    return new LangChain4jTool(ToolSpec.of(specification.name(), description, schema), executor);
  }
}
