package dev.hone.langchain4j.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.coerce.JsonSchema;
import dev.hone.json.Json;
import dev.hone.signature.Signature;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class StrictSchemaTest {
  private static ObjectNode ofOutput(String type) {
    return JsonSchema.of(Signature.parse("text -> n: int, x: " + type).outputFields());
  }

  private static ObjectNode withProperty(String schema) {
    return (ObjectNode)
        Json.parse(
            """
            {"type": "object", "additionalProperties": false, "required": ["x"],
             "properties": {"x": %s}}"""
                .formatted(schema));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "str",
        "str?",
        "int",
        "float?",
        "bool",
        "enum[A|B]",
        "enum[A|B]?",
        "list[str]",
        "set[enum[A|B]]",
        "date",
        "datetime",
        "list[int]?"
      })
  void takesWhatMostOutputsAreMadeOf(String type) {
    assertThat(StrictSchema.takes(ofOutput(type))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "json?", "list[json]", "dict[str, int]", "list[dict[str, str]]"})
  void refusesOutputsThatMayBeAnything(String type) {
    assertThat(StrictSchema.takes(ofOutput(type))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\": \"string\", \"pattern\": \"a+\", \"format\": \"uuid\"}",
        "{\"type\": \"number\", \"minimum\": 0, \"exclusiveMaximum\": 1, \"multipleOf\": 0.1}",
        "{\"type\": [\"array\", \"null\"], \"items\": {\"type\": \"string\"}, \"maxItems\": 3}",
        "{\"anyOf\": [{\"type\": \"object\", \"properties\": {}, \"required\": [],"
            + " \"additionalProperties\": false}, {\"type\": \"null\"}]}"
      })
  void takesTheConstraintsThatOpenAiLists(String property) {
    assertThat(StrictSchema.takes(withProperty(property))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "true",
        "{\"description\": \"anything\"}",
        "{\"const\": \"a\"}",
        "{\"anyOf\": [{}, {\"type\": \"null\"}]}",
        "{\"type\": \"array\"}",
        "{\"type\": \"array\", \"items\": {}}",
        "{\"type\": \"array\", \"items\": {\"type\": \"string\"}, \"uniqueItems\": true}",
        "{\"type\": \"string\", \"minLength\": 1}",
        "{\"type\": \"string\", \"format\": \"uri\"}",
        "{\"type\": \"object\"}",
        "{\"type\": \"object\", \"properties\": {\"a\": {\"type\": \"string\"}}, \"required\": [],"
            + " \"additionalProperties\": false}",
        "{\"allOf\": [{\"type\": \"string\"}], \"type\": \"string\"}"
      })
  void refusesWhatIsNotOnTheList(String property) {
    assertThat(StrictSchema.takes(withProperty(property))).isFalse();
  }

  @Test
  void refusesARootThatIsNoObjectAndTooManyLevelsOrChoices() {
    ObjectNode nested = withProperty("{\"type\": \"string\"}");
    for (int level = 1; level < 10; level++) {
      nested = withProperty(nested.toString());
    }
    String choices =
        String.join(",", IntStream.range(0, 1001).mapToObj(i -> "\"v" + i + "\"").toList());

    assertThat(StrictSchema.takes(Json.parse("{\"type\": \"string\"}"))).isFalse();
    assertThat(StrictSchema.takes(nested)).isFalse();
    assertThat(StrictSchema.takes(nested.path("properties").path("x"))).isTrue();
    assertThat(
            StrictSchema.takes(withProperty("{\"type\": \"string\", \"enum\": [" + choices + "]}")))
        .isFalse();
  }

  @Test
  void leavesOutTheSizesOfTextsAndNoFieldOfThatName() {
    ObjectNode schema =
        (ObjectNode)
            Json.parse(
                """
                {"type": "object", "additionalProperties": false,
                 "required": ["minLength", "b"], "properties": {
                  "minLength": {"type": ["string", "null"], "minLength": 1, "maxLength": 9},
                  "b": {"type": "array", "minItems": 1, "items": {"anyOf": [
                   {"type": "string", "maxLength": 2}, {"type": "null"}]}}}}""");
    String before = schema.toString();

    ObjectNode sent = StrictSchema.withoutTextSizes(schema);

    assertThat(sent)
        .hasToString(
            before.replace(",\"minLength\":1,\"maxLength\":9", "").replace(",\"maxLength\":2", ""));
    assertThat(StrictSchema.takes(sent)).isTrue();
    assertThat(schema).hasToString(before);
  }
}
