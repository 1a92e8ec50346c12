package dev.hone.signature;

import static dev.hone.signature.ParsedType.REFUSED;
import static dev.hone.signature.ParsedType.member;
import static dev.hone.signature.ParsedType.section;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.StringNode;

/** A value with something beside it that says nothing else. */
class CoercionBesideTest {
  private static String json(String text) {
    return Json.write(StringNode.valueOf(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FEAR",
        "FEAR: fear, anxiety, or distress",
        "FEAR - fear, anxiety, or distress",
        "FEAR – fear, anxiety, or distress",
        "FEAR — Fear, anxiety, or distress.",
        "FEAR = fear, anxiety, or distress",
        "FEAR (fear, anxiety, or distress)",
        "FEAR (fear, anxiety, or distress).",
        "Fear: \"fear, anxiety, or distress\"",
        "**FEAR**: fear, anxiety, or distress",
        "**FEAR: fear, anxiety, or distress**",
        "`FEAR`: fear,  anxiety, or\ndistress",
        "FEAR\n(fear, anxiety, or distress)",
        "FEAR:\nfear, anxiety, or distress",
        "- FEAR: fear, anxiety, or distress",
        "Mood: FEAR",
        "mood = FEAR",
        "**Mood:** FEAR",
        "Mood: FEAR (fear, anxiety, or distress)",
        "Answer: FEAR",
        "Final answer: **FEAR**.",
        "FEAR (fear)",
        "FEAR: FEAR",
        "Mood.FEAR",
        "Mood::FEAR",
        "<Mood.FEAR: 'fear'>",
        "$\\boxed{FEAR}$",
        "\\boxed{FEAR}",
        "1. FEAR"
      })
  void aChoiceWithItsOwnDescriptionNameOrLabel(String raw) {
    assertThat(section("Mood", "mood", raw)).isEqualTo("\"FEAR\"");
    assertThat(section("Mood?", "mood", raw)).isEqualTo("\"FEAR\"");
    assertThat(member("Mood", "mood", json(raw))).isEqualTo("\"FEAR\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FEAR: or rather JOY",
        "FEAR - not JOY",
        "FEAR: JOY",
        "FEAR (JOY)",
        "FEAR: fear",
        "FEAR: being glad (of anything)",
        "FEAR, because of the dark",
        "FEAR: fear, anxiety, or distress, or rather JOY",
        "FEAR (fear, anxiety, or distress) or JOY",
        "Not Mood.JOY",
        "It is not Mood.JOY",
        "Draft: JOY\nAnswer: FEAR",
        "FEAR:",
        "FEAR or JOY",
        "mood",
        "fear, anxiety, or distress, maybe",
        "Not: FEAR"
      })
  void refusesAChoiceWithOtherWordsBeside(String raw) {
    String seen = section("Mood", "mood", raw);

    assertThat(seen).isEqualTo(raw.equals("FEAR: fear") ? "\"FEAR\"" : REFUSED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[\"FEAR: fear, anxiety, or distress\", \"JOY\"]",
        "[\"FEAR (fear, anxiety, or distress)\", \"JOY (being glad (of anything))\"]",
        "- FEAR: fear, anxiety, or distress\n- JOY",
        "1. FEAR - fear, anxiety, or distress\n2. JOY: Being glad (of anything).",
        "FEAR: fear, anxiety, or distress\nJOY",
        "FEAR: fear, anxiety, or distress; JOY",
        "FEAR (fear, anxiety, or distress), JOY (being glad (of anything))",
        "FEAR (fear, anxiety, or distress) and JOY",
        "\"FEAR: fear, anxiety, or distress\", \"JOY\""
      })
  void choicesAsItems(String raw) {
    assertThat(section("set[Mood]", "moods", raw)).isEqualTo("[\"FEAR\",\"JOY\"]");
    assertThat(section("list[Mood]", "moods", raw)).isEqualTo("[\"FEAR\",\"JOY\"]");
  }

  @Test
  void oneItemWithCommasInItsDescriptionIsOneItem() {
    assertThat(section("set[Mood]", "moods", "FEAR: fear, anxiety, or distress"))
        .isEqualTo("[\"FEAR\"]");
    assertThat(section("set[Mood]", "moods", "[\"FEAR: or rather JOY\"]")).isEqualTo(REFUSED);
    assertThat(section("set[Mood]", "moods", "FEAR: or rather JOY")).isEqualTo(REFUSED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      quoteCharacter = '~',
      value = {
        "int>n: 5>5",
        "int>N = 5>5",
        "int>5 (int)>5",
        "int>5 (5)>5",
        "int>int(5)>5",
        "int>1000 (1,000)>1000",
        "int>Answer: 5.>5",
        "int>\\boxed{5}>5",
        "float>value: 0.5>0.5",
        "float>**0.5** (number)>0.5",
        "bool>true (yes)>true",
        "bool>Yes - true>true",
        "bool>n: false>false",
        "date>2026-11-21 (Saturday)>\"2026-11-21\"",
        "date>Saturday, 2026-11-21>\"2026-11-21\"",
        "date>Sat 2026-11-21>\"2026-11-21\"",
        "date>Date: 2026-11-21>\"2026-11-21\"",
        "date>2026-11-21 (YYYY-MM-DD)>\"2026-11-21\"",
        "date>- 2026-11-21>\"2026-11-21\"",
        "list[date]>2026-11-21 (Saturday), 2026-11-22>[\"2026-11-21\",\"2026-11-22\"]",
        "int>5 (out of 10)>REFUSED",
        "int>5/10>REFUSED",
        "int>5 - 5>REFUSED",
        "int>5:5>REFUSED",
        "int>5 = 5>REFUSED",
        "int>5 [5]>REFUSED",
        "int>- 5>REFUSED",
        "int>5 (6)>REFUSED",
        "int>5 kg>REFUSED",
        "int>5%>REFUSED",
        "int>not: 5>REFUSED",
        "bool>true (no)>REFUSED",
        "bool>yes, but no>REFUSED",
        "date>2026-11-21 (Sunday)>REFUSED",
        "date>Sunday, 2026-11-21>REFUSED",
        "date>2026-11-21 (approx.)>REFUSED",
        "date>2026-11-21 - 2026-11-21>REFUSED"
      })
  void otherSingleValues(String type, String raw, String expected) {
    assertThat(section(type, "n", raw)).isEqualTo(expected);
    if (!type.startsWith("list")) {
      assertThat(member(type, "n", json(raw))).isEqualTo(expected);
    }
  }
}
