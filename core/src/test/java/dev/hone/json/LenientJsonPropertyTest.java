package dev.hone.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.hone.json.LenientJson.Reading;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class LenientJsonPropertyTest {
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
  void timeGrowsWithTheLengthOnly() {
    for (String unit :
        new String[] {"{", "[", "\"", "{\"a\":", "[{'", "```\n", "{a:\" ", "' \" ", "{}"}) {
      String text = unit.repeat(200_000 / unit.length());

      assertThat(
              org.junit.jupiter.api.Assertions.assertTimeout(
                  Duration.ofSeconds(5), () -> readAll(text)))
          .isNotNull();
    }
  }

  @Test
  void timeGrowsWithTheLengthOfAnUnquotedWordOnly() {
    String text = "{a:x" + "#".repeat(400_000);

    assertThat(
            org.junit.jupiter.api.Assertions.assertTimeout(
                Duration.ofSeconds(5), () -> readAll(text)))
        .isNotNull();
  }

  private static Object readAll(String text) {
    return java.util.List.of(
        LenientJson.read(text),
        LenientJson.readObject(text),
        LenientJson.readArray(text),
        LenientJson.readObjects(text, object -> true));
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
