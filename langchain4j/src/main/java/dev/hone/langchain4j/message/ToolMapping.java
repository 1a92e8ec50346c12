package dev.hone.langchain4j.message;

import dev.hone.json.Json;
import dev.hone.lm.LmRequest;
import dev.hone.lm.ToolSpec;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Maps the tools of requests. The schemas of arguments are handed on as they are, but that
 * LangChain4j has a model of its own for the outermost object: of that, {@code properties}, {@code
 * required}, {@code $defs} and {@code description} come through, and {@code additionalProperties}
 * where its providers send it, as OpenAI's in strict mode.
 */
final class ToolMapping {
  private ToolMapping() {}

  /** How the schemas of arguments are sent. */
  enum Form {
    /** As they are. */
    PLAIN,
    /** As they are, and providers hold calls to those that OpenAI's strict mode takes. */
    STRICT,
    /** In LangChain4j's own model of schemas, for providers that take no other. */
    ELEMENTS
  }

  /**
   * Adds the tools of a request. LangChain4j can require a call, but not of which tool; so where
   * one is required, no other is offered.
   *
   * @param form how the schemas of arguments are sent
   */
  static void add(LmRequest request, Form form, DefaultChatRequestParameters.Builder<?> builder) {
    List<ToolSpecification> tools = new ArrayList<>();
    for (ToolSpec tool : request.tools()) {
      if (request.requiredTool().isEmpty() || request.requiredTool().get().equals(tool.name())) {
        tools.add(of(tool, form));
      }
    }
    if (!tools.isEmpty()) {
      builder.toolSpecifications(tools);
    }
    if (request.requiredTool().isPresent()) {
      builder.toolChoice(ToolChoice.REQUIRED);
    }
  }

  private static ToolSpecification of(ToolSpec tool, Form form) {
    ObjectNode schema = tool.parameters();
    ToolSpecification.Builder builder =
        ToolSpecification.builder()
            .name(tool.name())
            .description(tool.description().isEmpty() ? null : tool.description());
    if (form == Form.ELEMENTS) {
      return builder.parameters(SchemaElements.of(schema)).build();
    }
    ObjectNode plain = StrictSchema.withoutTextSizes(schema);
    if (form == Form.STRICT && StrictSchema.takes(plain)) {
      builder.strict(true).parameters(object(plain));
    } else {
      builder.parameters(object(schema));
    }
    return builder.build();
  }

  private static JsonObjectSchema object(ObjectNode schema) {
    JsonObjectSchema.Builder builder =
        JsonObjectSchema.builder()
            .addProperties(elements(schema.path("properties")))
            .required(schema.path("required").valueStream().map(JsonNode::asString).toList());
    if (schema.path("additionalProperties").isBoolean()) {
      builder.additionalProperties(schema.path("additionalProperties").booleanValue());
    }
    if (schema.path("description").isString()) {
      builder.description(schema.path("description").stringValue());
    }
    if (schema.path("$defs").isObject()) {
      builder.definitions(elements(schema.path("$defs")));
    }
    return builder.build();
  }

  private static Map<String, JsonSchemaElement> elements(JsonNode schemas) {
    Map<String, JsonSchemaElement> elements = new LinkedHashMap<>();
    schemas
        .properties()
        .forEach(e -> elements.put(e.getKey(), JsonRawSchema.from(Json.write(e.getValue()))));
    return elements;
  }
}
