package dev.hone.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hone.coerce.Coercion;
import dev.hone.coerce.TypeMismatchException;
import dev.hone.json.Json;
import dev.hone.type.FieldType;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** What holds for values of every type, over seeded random texts. */
@Tag("once")
class CoercionPropertyTest {
  private static final List<String> SINGLES =
      List.of("int", "float", "bool", "date", "Mood", "int?", "Mood?", "enum['N/A'|'-'|NONE]");
  private static final List<String> LISTS =
      List.of("list[str]", "set[str]", "list[int]", "set[Mood]", "list[Person]", "list[list[str]]");
  private static final List<String> OTHERS =
      List.of("Person", "dict[str,str]", "dict[str,list[int]]", "json", "str", "str?");
  private static final String[] PIECES = {
    "a",
    "java",
    "Paris",
    ", ",
    ",",
    ";",
    " and ",
    "|",
    "\"",
    "'",
    "\\",
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    ":",
    " ",
    "\n",
    "- ",
    "1. ",
    "N/A",
    "none",
    "FEAR",
    "JOY",
    "fear, anxiety, or distress",
    "5",
    "-7",
    "1,000",
    "true",
    "2026-11-21",
    "null",
    ".",
    "…",
    "\u00e9",
    "\ud83d\ude00",
    "tags",
    "```",
    "#",
    "=",
    "undefined",
    "\\boxed{"
  };

  private final Random random = new Random(11);

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(7); i >= 0; i--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }

  /** The text in which prompts show a canonical value. */
  private static String rendered(JsonNode value) {
    return value.isContainer() ? Json.write(value) : value.asString();
  }

  @Test
  void valuesThatComeOutAreOfTheirTypeAndReadBackUnchanged() {
    int read = 0;
    for (int i = 0; i < 60_000; i++) {
      for (List<String> types : List.of(SINGLES, LISTS, OTHERS)) {
        String name = types.get(random.nextInt(types.size()));
        FieldType type = ParsedType.of(name);
        String raw = text();
        JsonNode value = readOrNull(type, raw);
        if (value == null) {
          continue;
        }
        read++;
        assertEquals(value, Coercion.value(type, value, "tags"), () -> name + " " + raw);
        if (!value.isNull() && !name.equals("json")) {
          JsonNode again = Coercion.text(type, rendered(value), "tags");
          assertEquals(value, again, () -> name + " " + raw);
        }
      }
    }
    assertThat(read).isGreaterThan(30_000);
  }

  @Test
  void listsOfAnyTextsReadBackUnchanged() {
    FieldType type = ParsedType.of("list[str]");
    for (int i = 0; i < 30_000; i++) {
      ArrayNode array = Json.array();
      for (int k = random.nextInt(4); k > 0; k--) {
        array.add(text());
      }

      assertEquals(array, Coercion.text(type, Json.write(array), "tags"));
      assertEquals(array, Coercion.value(type, array, "tags"));
    }
  }

  @Test
  void whatParsesStrictlyIsReadSoOrRefused() {
    FieldType type = ParsedType.of("list[str]");
    int strict = 0;
    for (int i = 0; i < 60_000; i++) {
      String raw = "[" + text() + "]";
      JsonNode value = readOrNull(type, raw);
      try {
        JsonNode parsed = Json.parse(raw);
        if (value != null && parsed.valueStream().allMatch(JsonNode::isString)) {
          strict++;
          assertEquals(parsed, value, raw);
        }
      } catch (JacksonException e) {
        // not strict: other tests say what is read
      }
    }
    assertThat(strict).isGreaterThan(50);
  }

  private static @Nullable JsonNode readOrNull(FieldType type, String raw) {
    try {
      return Coercion.text(type, raw, "tags");
    } catch (TypeMismatchException e) {
      return null;
    }
  }
}
