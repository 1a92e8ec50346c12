package dev.hone.tool;

import dev.hone.InvalidInputException;
import dev.hone.SettingCheck;
import dev.hone.json.Json;
import dev.hone.lm.ToolSpec;
import dev.hone.retrieve.Retriever;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A retriever that a model may search with. Its one argument is {@code query}, a text; it returns
 * the passages that were found, nearest first, one to a line, each after its id in brackets.
 * Immutable; thread-safe, as every retriever is. Costs no model call.
 */
public final class RetrieverTool implements Tool {
  private final ToolSpec spec;
  private final Retriever retriever;
  private final int k;

  private RetrieverTool(ToolSpec spec, Retriever retriever, int k) {
    this.spec = spec;
    this.retriever = retriever;
    this.k = k;
  }

  /**
   * A tool.
   *
   * @param name what calls refer to it by, such as {@code search}
   * @param description what it searches, and when to; an optimizer may find a better one
   * @param retriever what finds passages
   * @param k the most passages per call
   * @throws InvalidInputException if the name is of another form than providers want, or k is less
   *     than 1
   */
  public static RetrieverTool of(String name, String description, Retriever retriever, int k) {
    SettingCheck.atLeast("k", k, 1);
    ObjectNode parameters = Json.object().put("type", "object");
    parameters
        .putObject("properties")
        .putObject("query")
        .put("type", "string")
        .put("description", "what to look for");
    parameters.putArray("required").add("query");
    parameters.put("additionalProperties", false);
    return new RetrieverTool(ToolSpec.of(name, description, parameters), retriever, k);
  }

  @Override
  public ToolSpec spec() {
    return spec;
  }

  /**
   * Searches.
   *
   * @throws InvalidInputException if the query is missing or no text
   */
  @Override
  public ToolOutput call(ObjectNode arguments) {
    JsonNode query = arguments.path("query");
    if (!query.isString() || query.asString().isBlank()) {
      throw InvalidInputException.of(
          "The query of %s is missing, blank or no text".formatted(spec.name()),
          "call it with {\"query\": \"what to look for\"}");
    }
    String passages =
        retriever.retrieve(query.asString(), k).stream()
            .map(found -> "[%s] %s".formatted(found.passage().id(), found.passage().text()))
            .collect(Collectors.joining("\n"));
    return ToolOutput.text(passages.isEmpty() ? "Nothing was found." : passages);
  }
}
