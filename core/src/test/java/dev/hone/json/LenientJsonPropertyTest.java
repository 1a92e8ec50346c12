package dev.hone.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.hone.json.LenientJson.Reading;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Tag("once")
class LenientJsonPropertyTest {
  private static final String FORM_FEED_OR_BACKSPACE =
      "(?s).*?(?<!\\\\)(\\\\\\\\)*\\\\[fb]\\p{L}.*";
  private static final String SIGNS = "{}[]\",:'\\/#`*\n\t -+.eE019truefalsn“”‘’\u0000\ud800é";

  @Test
  void neverThrowsWhateverTheMutation() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 20_000; i++) {
      String text = mutated(Json.write(tree(random, 4)), random);

      assertThatCode(() -> readAll(text)).as("text: %s", text).doesNotThrowAnyException();
    }
  }

  @Test
  void neverThrowsOnNoise() {
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder noise = new StringBuilder();
      for (int j = random.nextInt(60); j > 0; j--) {
        noise.append(SIGNS.charAt(random.nextInt(SIGNS.length())));
      }

      assertThatCode(() -> readAll(noise.toString()))
          .as("text: %s", noise)
          .doesNotThrowAnyException();
    }
  }

  @Test
  void whatIsReadCanBeWrittenAndReadAgain() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 5_000; i++) {
      String text = mutated(Json.write(tree(random, 4)), random);

      LenientJson.read(text)
          .map(Reading::value)
          .ifPresent(
              value ->
                  assertThat(Json.write(Json.parse(Json.write(value))))
                      .isEqualTo(Json.write(value)));
    }
  }

  @Test
  void findsAnyObjectInAnyProse() {
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < 2_000; i++) {
      ObjectNode object = Json.object().put("it", i);
      object.set("x", tree(random, 3));
      String text = "Well, [as asked], for {x}: " + Json.pretty(object) + "\n```\nDone {y}.";

      assertThat(LenientJson.readObject(text).orElseThrow().value())
          .isEqualTo(Json.parse(Json.write(object)));
    }
  }

  @Test
  void everyPrefixOfAnObjectIsReadAsCutOffUnlessOnlyTheLastBraceIsMissing() {
    String text = "{\"a\":[1,{\"b\":\"x\\\"y\"}],\"c\":{\"d\":true},\"e\":\"f\"}";
    for (int end = 0; end < text.length(); end++) {
      String prefix = text.substring(0, end);
      boolean onlyABrace = LenientJson.read(prefix + "}").filter(Reading::strict).isPresent();

      assertThat(LenientJson.read(prefix).filter(r -> !r.truncated()).isPresent())
          .as(prefix)
          .isEqualTo(onlyABrace && end > 1);
    }
  }

  @Test
  void whatParsesStrictlyComesOutAsTheStrictReaderHasIt() {
    SplittableRandom random = new SplittableRandom(5);
    int strict = 0;
    for (int i = 0; i < 15_000; i++) {
      String text = mutated(Json.write(tree(random, 4)), random);
      JsonNode expected;
      try {
        expected = Json.parse(text);
      } catch (JacksonException e) {
        continue;
      }
      if (expected.isMissingNode()) {
        continue;
      }
      strict++;
      Reading reading = LenientJson.read(text).orElseThrow();

      assertEquals(expected, reading.value(), text);
      assertThat(reading.doubt() != null).as(text).isEqualTo(text.matches(FORM_FEED_OR_BACKSPACE));
    }
    assertThat(strict).isGreaterThan(2_000);
  }

  @Test
  void aFrameAroundStrictJsonDoesNotChangeIt() {
    SplittableRandom random = new SplittableRandom(6);
    for (int i = 0; i < 1_500; i++) {
      ObjectNode object = Json.object().put("it", "a \"b\", c: {d}");
      object.set("x", tree(random, 3));
      object.set("y", tree(random, 3));
      String text = Json.write(object);
      JsonNode expected = Json.parse(text);
      String last = text.substring(0, text.length() - 1);
      for (String framed :
          new String[] {
            "Here: " + text + " - done.",
            "```json\n" + text + "\n```",
            last + ",}",
            last + " /* end */ }",
            last + " # end\n}",
            "{ // begin\n" + text.substring(1),
            "{\u200b" + text.substring(1),
            text.replaceFirst("\"it\"", "it"),
            text + "}",
            text + "\n" + text
          }) {
        Reading reading = LenientJson.readObject(framed).orElseThrow();

        assertThat(reading.doubt()).as(framed).isNull();
        assertEquals(expected, reading.value(), framed);
      }
    }
  }

  @Test
  void aStrayQuoteGivesTheTextThatWasMeantOrADoubt() {
    SplittableRandom random = new SplittableRandom(7);
    String[] words = {"he", "said", "3", "\"no\"", "a, b", "x:", "{y}", "5\" wide", "end."};
    int read = 0;
    for (int i = 0; i < 5_000; i++) {
      ArrayNode items = Json.array();
      StringBuilder text = new StringBuilder("[");
      for (int j = random.nextInt(1, 4); j > 0; j--) {
        StringBuilder item = new StringBuilder("it");
        for (int k = random.nextInt(5); k > 0; k--) {
          item.append(' ').append(words[random.nextInt(words.length)]);
        }
        items.add(item.toString());
        text.append(text.length() > 1 ? ", " : "").append('"').append(item).append('"');
      }
      Reading reading = LenientJson.readArray(text + "]").orElseThrow();

      if (reading.doubt() == null && !reading.truncated()) {
        read++;
        assertThat(reading.value()).as(text.toString()).isEqualTo(items);
      }
    }
    assertThat(read).isGreaterThan(2_000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '§',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "¦[",
        "¦{",
        "¦\"",
        "¦{\"a\":",
        "¦[{'",
        "¦```\n",
        "¦{a:\" ",
        "¦' \" ",
        "¦{}",
        "¦{\"a\":1}",
        "¦{\"a\":[",
        "¦{\"a\" ",
        "¦{'a','b'}",
        "¦[\"a\":1]",
        "¦{x:1,}",
        "[\"¦\\",
        "[¦/*",
        "[\"x¦\"/*",
        "[¦#",
        "['¦'",
        "[\"¦\"",
        "{\"a\":\"x¦' \" ",
        "{¦\"a\":1,",
        "[¦\"a\" ",
        "[¦\"a\"\n",
        "[\"¦a\", b ",
        "{\"a\":\"¦x\", \"",
        "{\"a\":'¦x', “",
        "[\"x¦\"#\n",
        "[\"x¦\" //\n",
        "[\"x¦\",,,",
        "[\"x¦\"      ",
        "{a:x¦#",
        "{a:x¦ #",
        "[¦x",
        "[¦1 ",
        "[¦a,",
        "[¦İ",
        "{\"a\":\"¦\\f",
        "{\"a\":\"¦\\fx",
        "{\"a\":\"¦\\q",
        "[\"x¦\"}",
        "{\"a\":\"x¦\"}",
        "[1¦]",
        "[\"x¦\" + ",
        "[\"¦/*\"*/",
        "[¦/**/",
        "{\"k\":¦1e9",
        "[¦(",
        "[¦1,000,",
        "{\"a\":1 ¦\u200b",
        "{\"a\":\"x\"¦/*\"*/",
        "{\"İ¦İ",
        "[¦'x' + "
      })
  void timeGrowsWithTheLengthOnly(String before, String unit) {
    String text = (before == null ? "" : before) + unit.repeat(200_000 / unit.length());

    assertTimeoutPreemptively(Duration.ofSeconds(20), () -> readAll(text));
    assertTimeoutPreemptively(Duration.ofSeconds(20), () -> JsonParts.of(text + "\"}]"));
  }

  private static Object readAll(String text) {
    return java.util.List.of(
        LenientJson.read(text),
        LenientJson.readObject(text),
        LenientJson.readArray(text),
        ObjectsOfText.usable(text, object -> true),
        JsonParts.of(text));
  }

  private static String mutated(String text, SplittableRandom random) {
    StringBuilder result = new StringBuilder(text);
    for (int i = random.nextInt(6); i > 0; i--) {
      int at = random.nextInt(result.length() + 1);
      char sign = SIGNS.charAt(random.nextInt(SIGNS.length()));
      switch (random.nextInt(4)) {
        case 0 -> result.insert(at, sign);
        case 1 -> result.delete(at, Math.min(result.length(), at + 1 + random.nextInt(3)));
        case 2 -> result.setLength(at);
        default -> {
          if (at < result.length()) {
            result.setCharAt(at, sign);
          }
        }
      }
    }
    return result.toString();
  }

  private static JsonNode tree(SplittableRandom random, int depth) {
    int kind = random.nextInt(depth == 0 ? 4 : 6);
    if (kind == 4) {
      ArrayNode array = Json.array();
      for (int i = random.nextInt(4); i > 0; i--) {
        array.add(tree(random, depth - 1));
      }
      return array;
    }
    ObjectNode object = Json.object();
    if (kind == 5) {
      for (int i = random.nextInt(4); i > 0; i--) {
        object.set("k" + random.nextInt(9), tree(random, depth - 1));
      }
      return object;
    }
    return switch (kind) {
      case 0 -> object.put("v", random.nextInt(-99, 1000)).get("v");
      case 1 -> object.put("v", random.nextBoolean()).get("v");
      case 2 -> object.putNull("v").get("v");
      default -> object.put("v", "t" + random.nextInt(99) + " \"q\" é, {x} [y]: z").get("v");
    };
  }
}
