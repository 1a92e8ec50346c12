package dev.hone.cli.serve;

import dev.hone.coerce.JsonSchema;
import dev.hone.json.Json;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** What a served program says of itself: its JSON schema, an OpenAPI description, and a page. */
final class ApiText {
  private static final Map<String, String> ERRORS =
      new TreeMap<>(
          Map.of(
              "400", "The input does not fit; the reason is in error.",
              "401", "The token is missing or wrong.",
              "413", "The input is too large.",
              "415", "The body is not said to be JSON.",
              "422", "The model refused the content.",
              "429", "The model takes no more calls now.",
              "502", "The model gave no usable answer.",
              "503", "Too many requests, or the model is not available.",
              "504", "The model did not answer in time."));

  private final ServedProgram program;
  private final boolean token;

  ApiText(ServedProgram program, boolean token) {
    this.program = program;
    this.token = token;
  }

  String inputNames() {
    return String.join(", ", program.signature().inputFields().stream().map(Field::name).toList());
  }

  /** The schema of the input and of the output. */
  ObjectNode schema() {
    ObjectNode schema = Json.object();
    schema.put("name", program.name());
    schema.put("description", program.signature().instructions());
    schema.set("input", inputSchema());
    schema.set("output", outputSchema());
    return schema;
  }

  /** OpenAPI 3.1, whose schemas are JSON schemas. */
  ObjectNode openApi() {
    ObjectNode api = Json.object().put("openapi", "3.1.0");
    api.putObject("info")
        .put("title", program.name())
        .put("description", program.signature().instructions())
        .put("version", "1");
    ObjectNode post = api.putObject("paths").putObject("/run").putObject("post");
    post.put("operationId", "run").put("summary", "Answers one input.");
    ObjectNode body = post.putObject("requestBody").put("required", true);
    content(body, inputSchema());
    ObjectNode responses = post.putObject("responses");
    content(responses.putObject("200").put("description", "The outputs."), outputSchema());
    ObjectNode error = Json.object().put("type", "object");
    error.putObject("properties").putObject("error").put("type", "string");
    ERRORS.forEach(
        (status, words) -> content(responses.putObject(status).put("description", words), error));
    if (token) {
      post.putArray("security").addObject().putArray("bearer");
      api.putObject("components")
          .putObject("securitySchemes")
          .putObject("bearer")
          .put("type", "http")
          .put("scheme", "bearer");
    }
    return api;
  }

  private static void content(ObjectNode of, ObjectNode schema) {
    of.putObject("content").putObject("application/json").set("schema", schema);
  }

  /** The schema of the input, in which an optional one may be left out. */
  private ObjectNode inputSchema() {
    ObjectNode schema = JsonSchema.of(program.signature().inputFields());
    ArrayNode required = schema.putArray("required");
    program.signature().inputFields().stream()
        .filter(field -> !(field.type() instanceof FieldType.OptionalOf))
        .forEach(field -> required.add(field.name()));
    return schema;
  }

  private ObjectNode outputSchema() {
    return JsonSchema.of(program.signature().outputFields());
  }

  /** An input of its shape. */
  String example() {
    ObjectNode input = Json.object();
    program
        .signature()
        .inputFields()
        .forEach(field -> input.set(field.name(), example(field.type().withoutOptional())));
    return Json.write(input);
  }

  private static JsonNode example(FieldType type) {
    if (type instanceof FieldType.Whole) {
      return IntNode.valueOf(1);
    } else if (type instanceof FieldType.Decimal) {
      return DoubleNode.valueOf(1.5);
    } else if (type instanceof FieldType.Bool) {
      return BooleanNode.TRUE;
    } else if (type instanceof FieldType.Choice choice) {
      return StringNode.valueOf(choice.allowed().get(0).name());
    } else if (type instanceof FieldType.ListOf || type instanceof FieldType.SetOf) {
      return Json.array();
    } else if (type instanceof FieldType.ObjectOf record) {
      ObjectNode object = Json.object();
      record.fields().forEach(field -> object.set(field.name(), example(field.type())));
      return object;
    }
    return type instanceof FieldType.MapOf ? Json.object() : StringNode.valueOf("…");
  }
}
