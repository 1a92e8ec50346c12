package dev.hone.signature;

import static dev.hone.signature.ParsedType.REFUSED;
import static dev.hone.signature.ParsedType.member;
import static dev.hone.signature.ParsedType.section;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.json.Json;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.StringNode;

/** Ways of saying that there is nothing: one set of words for every type. */
class CoercionOfNothingTest {
  private static final List<String> OTHERS =
      List.of("int?", "float?", "bool?", "date?", "Mood?", "Person?", "Home?", "list[int]?");

  private static String quoted(String text) {
    return Json.write(StringNode.valueOf(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "N/A",
        "n/a",
        "N / A",
        "N/A.",
        "(N/A)",
        "n.a.",
        "-",
        "--",
        "–",
        "—",
        "null",
        "NULL",
        "None",
        "none.",
        "**None**",
        "\"N/A\"",
        "`null`",
        "undefined",
        "",
        "  "
      })
  void isAbsentForAnOptionalOfEveryTypeAndEmptyForAList(String raw) {
    for (String type : OTHERS) {
      assertThat(section(type, "x", raw)).as(type).isEqualTo("null");
      assertThat(member(type, "x", quoted(raw))).as(type).isEqualTo("null");
    }
    for (String type : List.of("str?", "json?", "list[str]?")) {
      assertThat(section(type, "x", raw)).as(type).isEqualTo("null");
    }
    for (String type : List.of("list[str]", "set[int]", "list[Mood]", "list[Person]")) {
      assertThat(section(type, "x", raw)).as(type).isEqualTo("[]");
      assertThat(member(type, "x", quoted(raw))).as(type).isEqualTo("[]");
    }
    assertThat(section("dict[str,int]", "x", raw)).isEqualTo("{}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"NA", "nan", "NaN", "NaT", "<NA>", "#N/A", "nil", "nothing", "Not applicable"})
  void canOnlyMeanAbsentWhereNoTextIsExpected(String raw) {
    for (String type : OTHERS) {
      assertThat(section(type, "x", raw)).as(type).isEqualTo("null");
    }
    assertThat(section("str?", "x", raw)).isEqualTo(quoted(raw));
    assertThat(section("list[str]", "x", raw)).isEqualTo("[" + quoted(raw) + "]");
    assertThat(section("list[int]", "x", raw)).isEqualTo("[]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"none of these", "N/A for now", "-5", "- a", "nullable", "the null set", "no"})
  void aTextThatOnlyBeginsSoIsPresent(String raw) {
    assertThat(section("str?", "x", raw)).isEqualTo(quoted(raw));
  }

  @Test
  void anAllowedValueOfThatNameIsAValue() {
    assertThat(section("enum[NONE|SOME]?", "x", "none")).isEqualTo("\"NONE\"");
    assertThat(section("enum['N/A'|SOME]?", "x", "n/a")).isEqualTo("\"N/A\"");
    assertThat(section("enum['-'|'+']?", "x", "-")).isEqualTo("\"-\"");
    assertThat(section("list[enum['N/A'|SOME]]", "x", "N/A")).isEqualTo("[\"N/A\"]");
    assertThat(section("set[enum[NOTHING|ALL]]", "x", "nothing")).isEqualTo("[\"NOTHING\"]");
  }

  @Test
  void partsOfARecordMayBeAbsentSo() {
    assertThat(
            section(
                "Person",
                "person",
                "{\"name\": \"A\", \"age\": 3, \"zip\": \"N/A\", \"home\": \"N/A\"}"))
        .isEqualTo("{\"name\":\"A\",\"age\":3,\"zip\":null,\"home\":null}");
    assertThat(section("Person", "person", "{\"name\": \"N/A\", \"age\": \"N/A\"}"))
        .isEqualTo(REFUSED);
  }

  @ParameterizedTest
  @CsvSource({"int", "date", "bool", "Mood", "Person"})
  void aRequiredValueIsRefusedSo(String type) {
    assertThat(section(type, "x", "N/A")).isEqualTo(REFUSED);
    assertThat(section(type, "x", "-")).isEqualTo(REFUSED);
    assertThat(section("str", "x", "N/A")).isEqualTo("\"N/A\"");
  }

  record Note(Optional<String> text) {}

  @Test
  void isWrittenAsAbsentSinceItIsReadSo() {
    Codec<Note> codec = Codec.ofRecord(Note.class);

    assertThat(codec.encode(new Note(Optional.of("N/A"))).get("text").isNull()).isTrue();
    assertThat(codec.encode(new Note(Optional.of("NA"))).get("text").stringValue()).isEqualTo("NA");
  }
}
