package dev.hone.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.json.LenientJson.Reading;
import dev.hone.json.LenientJson.Repair;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LenientJsonTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1}",
        "[1,2.50,-3e2]",
        " {} ",
        "[]",
        "\"x\\n\"",
        "3",
        "-0.5",
        "true",
        "null",
        "{\"a\":{\"b\":[{\"c\":\"\\u00e9 ## \\\" \"}]}}"
      })
  void readsStrictJsonAsTheStrictReaderDoes(String text) {
    Reading reading = LenientJson.read(text).orElseThrow();

    assertThat(reading.strict()).isTrue();
    assertThat(reading.value()).isEqualTo(Json.parse(text));
  }

  static List<Arguments> repaired() {
    String a1 = "{\"a\":1}";
    return List.of(
        Arguments.of("a fence", "```json\n{\"a\":1}\n```", a1),
        Arguments.of("a fence without a language", "```\n{\"a\":1}\n```", a1),
        Arguments.of("a fence that is not closed", "```json\n{\"a\":1}", a1),
        Arguments.of("a fence on one line's end", "```json\n{\"a\":1}```", a1),
        Arguments.of("prose before", "Here it is: {\"a\":1}", a1),
        Arguments.of("prose after", "{\"a\":1}\nHope this helps {not json}!", a1),
        Arguments.of("prose and a fence", "Sure.\n```json\n{\"a\":1}\n```\nDone.", a1),
        Arguments.of("braces in the prose before", "For {x} I say {\"a\":1}", a1),
        Arguments.of("brackets in the prose before", "As [asked] {\"a\":1}.", a1),
        Arguments.of("a trailing comma", "{\"a\":1,}", a1),
        Arguments.of("a trailing comma in an array", "[1,2,]", "[1,2]"),
        Arguments.of("repeated commas", "{\"a\":1,,\"b\":2}", "{\"a\":1,\"b\":2}"),
        Arguments.of(
            "a missing comma between lines", "{\"a\":\"x\"\n\"b\":2}", "{\"a\":\"x\",\"b\":2}"),
        Arguments.of("single quotes", "{'a':'it is'}", "{\"a\":\"it is\"}"),
        Arguments.of("an apostrophe in single quotes", "{'a':'it's'}", "{\"a\":\"it's\"}"),
        Arguments.of("curly quotes", "{“a”: “x”}", "{\"a\":\"x\"}"),
        Arguments.of(
            "Python literals",
            "{'a': True, 'b': False, 'c': None}",
            "{\"a\":true,\"b\":false,\"c\":null}"),
        Arguments.of("unquoted keys", "{a: 1}", a1),
        Arguments.of(
            "unquoted words",
            "{severity: HIGH, b: [X, Y Z]}",
            "{\"severity\":\"HIGH\",\"b\":[\"X\",\"Y Z\"]}"),
        Arguments.of("line comments", "{\"a\":1 // one\n}", a1),
        Arguments.of("block comments", "{/* the a */\"a\":1}", a1),
        Arguments.of("hash comments", "{\"a\":1 # one\n}", a1),
        Arguments.of("a line break in a string", "{\"a\":\"x\ny\"}", "{\"a\":\"x\\ny\"}"),
        Arguments.of(
            "quotes in a string", "{\"a\":\"say \"hi\" now\"}", "{\"a\":\"say \\\"hi\\\" now\"}"),
        Arguments.of("an unknown escape", "{\"a\":\"\\d+\"}", "{\"a\":\"\\\\d+\"}"),
        Arguments.of("a key twice with one value", "{\"a\":1,\"a\":1}", a1),
        Arguments.of("an equals sign", "{a=1}", a1),
        Arguments.of("a plus sign", "{\"a\":+1}", a1),
        Arguments.of("a number without a leading digit", "[.5]", "[0.5]"),
        Arguments.of("a number with leading zeros is text", "[007]", "[\"007\"]"),
        Arguments.of("one closing brace too few", "{\"a\":{\"b\":1}", "{\"a\":{\"b\":1}}"),
        Arguments.of("a closing brace too many", "{\"a\":1}}", a1));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("repaired")
  void repairsWhatModelsWrite(String what, String text, String expected) {
    Reading reading = LenientJson.readObject(text).or(() -> LenientJson.read(text)).orElseThrow();

    assertThat(Json.canonical(reading.value())).isEqualTo(Json.canonical(Json.parse(expected)));
    assertThat(reading.strict()).isFalse();
    assertThat(reading.truncated()).isFalse();
    assertThat(reading.doubt()).isNull();
  }

  static List<Arguments> truncated() {
    return List.of(
        Arguments.of("inside a string", "{\"a\":\"be", "{\"a\":\"be\"}"),
        Arguments.of("inside a number", "{\"a\":1", "{\"a\":1}"),
        Arguments.of("inside an array", "{\"a\":[1,2", "{\"a\":[1,2]}"),
        Arguments.of("after an array's item", "[\"a\",\"b\"", "[\"a\",\"b\"]"),
        Arguments.of("inside an inner object", "{\"a\":{\"b\":\"c\"", "{\"a\":{\"b\":\"c\"}}"),
        Arguments.of("after a comma", "{\"a\":\"b\",", "{\"a\":\"b\"}"),
        Arguments.of("inside a key", "{\"a\":\"b\",\"c", "{\"a\":\"b\"}"),
        Arguments.of("after a key", "{\"a\":\"b\",\"c\":", "{\"a\":\"b\"}"),
        Arguments.of("inside a fence", "```json\n{\"a\":\"be", "{\"a\":\"be\"}"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("truncated")
  void closesAnEndThatIsMissingAndSaysSo(String where, String text, String expected) {
    Reading reading = LenientJson.read(text).orElseThrow();

    assertThat(reading.value()).hasToString(expected);
    assertThat(reading.truncated()).isTrue();
  }

  @Test
  void aMissingLastBraceAfterACompleteMemberLosesNothing() {
    Reading reading = LenientJson.read("{\"a\":\"b\"\n").orElseThrow();

    assertThat(reading.repairs()).containsExactly(Repair.SYNTAX);
  }

  @Test
  void saysWhatWasDone() {
    assertThat(repairs("```json\n{\"a\":1}\n```")).containsExactly(Repair.FENCE);
    assertThat(repairs("x {\"a\":1}")).containsExactly(Repair.SURROUNDINGS);
    assertThat(repairs("{'a':1}")).containsExactly(Repair.SYNTAX);
    assertThat(repairs("{\"a\":[1")).containsExactlyInAnyOrder(Repair.SYNTAX, Repair.TRUNCATION);
  }

  private static Set<Repair> repairs(String text) {
    return LenientJson.read(text).orElseThrow().repairs();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "  ", "hello", "I think so.", "{placeholder}", "}", "]", "{", "```json\n```"})
  void findsNothingWhereNothingIs(String text) {
    assertThat(LenientJson.read(text).filter(reading -> !reading.truncated())).isEmpty();
  }

  @Test
  void prefersACleanObjectToAnEarlierOneThatNeedsRepairing() {
    Reading reading = LenientJson.readObject("{a: b} and {\"c\":1}").orElseThrow();

    assertThat(reading.value()).hasToString("{\"c\":1}");
  }

  @Test
  void prefersTheObjectThatIsWanted() {
    Reading reading =
        LenientJson.readObject("{\"a\":1} then {'b': 2,}", object -> object.has("b")).orElseThrow();

    assertThat(reading.value()).hasToString("{\"b\":2}");
  }

  @Test
  void readsAllCompleteObjectsThatStandInNoOtherValue() {
    String text =
        "As {x} or {'a':0}: [{\"a\":1}] {\"in\":{\"a\":2},\"b\":0} {\"b\":3}\n"
            + "```json\n{\"a\":4}\n``` and \\frac{1}{2} {\"a\":5,} {\"a\":[6";

    assertThat(ObjectsOfText.usable(text, object -> object.has("a")))
        .extracting(Object::toString)
        .containsExactly("{\"a\":0}", "{\"a\":4}", "{\"a\":5}");
  }

  @Test
  void readsTheLastObjectsOfMany() {
    String text = "{b} {\"a\":1} ".repeat(1000) + "{\"a\":2}";

    assertThat(ObjectsOfText.usable(text, object -> object.has("a")))
        .hasSize(32)
        .last()
        .hasToString("{\"a\":2}");
  }

  @Test
  void findsTheObjectInsideOfAnArrayAndTheArrayInsideOfAnObject() {
    assertThat(LenientJson.readObject("[{\"a\":1}]").orElseThrow().value())
        .hasToString("{\"a\":1}");
    assertThat(LenientJson.readArray("{\"a\":[1]}").orElseThrow().value()).hasToString("[1]");
  }

  @Test
  void givesUpOnWhatIsTooDeepInsteadOfOverflowingTheStack() {
    String deep = "[".repeat(100_000) + "x" + "]".repeat(100_000);

    assertThat(LenientJson.read("{'a':" + deep + "}")).isEmpty();
    assertThat(LenientJson.read("[".repeat(Json.MAX_DEPTH) + "x" + "]".repeat(Json.MAX_DEPTH)))
        .isPresent();
  }
}
