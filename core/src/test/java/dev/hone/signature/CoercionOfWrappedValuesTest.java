package dev.hone.signature;

import static dev.hone.signature.ParsedType.REFUSED;
import static dev.hone.signature.ParsedType.member;
import static dev.hone.signature.ParsedType.section;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that lie one object too deep, in sections and in members of JSON. */
class CoercionOfWrappedValuesTest {
  private static final String A = "{\"name\":\"A\",\"age\":3,\"zip\":null,\"home\":null}";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'name': 'A', 'age': 3}",
        "{'Person': {'name': 'A', 'age': 3}}",
        "{'person': {'name': 'A', 'age': 3}}",
        "{'PERSON': {'Name': 'A', 'Age': '3'}}",
        "{'the_person': {'name': 'A', 'age': 3}}",
        "{'result': {'person': {'name': 'A', 'age': 3}}}",
        "{'person': [{'name': 'A', 'age': 3}]}",
        "[{'Person': {'name': 'A', 'age': 3}}]"
      })
  void aRecordInAnObjectUnderAnySingleName(String json) {
    String raw = json.replace('\'', '"');

    assertThat(section("Person", "person", raw)).isEqualTo(A);
    assertThat(section("Person?", "person", "Sure: " + raw)).isEqualTo(A);
    assertThat(member("Person", "person", raw)).isEqualTo(A);
    assertThat(section("list[Person]", "people", "[" + raw + "]")).isEqualTo("[" + A + "]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'people': [{'name': 'A', 'age': 3}]}",
        "{'people': {'people': [{'name': 'A', 'age': 3}]}}",
        "[{'person': {'name': 'A', 'age': 3}}]",
        "{'name': 'A', 'age': 3}"
      })
  void aListOfRecordsInAnObject(String json) {
    String raw = json.replace('\'', '"');

    assertThat(section("list[Person]", "people", raw)).isEqualTo("[" + A + "]");
    assertThat(member("list[Person]", "people", raw)).isEqualTo("[" + A + "]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'a': {'name': 'A', 'age': 3}, 'b': {'name': 'B', 'age': 4}}",
        "{'person': {'nom': 'A'}}",
        "{'person': 'A'}",
        "{'person': {}}"
      })
  void refusesObjectsThatHoldNoOneRecord(String json) {
    assertThat(section("Person", "person", json.replace('\'', '"'))).isEqualTo(REFUSED);
    assertThat(member("Person", "person", json.replace('\'', '"'))).isEqualTo(REFUSED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      quoteCharacter = '~',
      value = {
        "int>{\"value\": \"-7\"}>-7",
        "int>{\"value\": -7}>-7",
        "int>{\"Value\": [-7]}>-7",
        "int>{\"answer\": {\"value\": -7}}>-7",
        "int>{'value': -7}>-7",
        "float>{\"value\": 1.23}>1.23",
        "bool>{\"value\": true}>true",
        "bool>{\"value\": \"no\"}>false",
        "date>{\"date\": \"2026-11-21\"}>\"2026-11-21\"",
        "Mood>{\"value\":\"FEAR\"}>\"FEAR\"",
        "Mood>{\"mood\": \"fear\"}>\"FEAR\"",
        "Mood?>{\"mood\": null}>null",
        "int?>{\"value\": \"N/A\"}>null",
        "int?>{\"value\": 3}>3",
        "int>{\"value\": 5, \"unit\": \"kg\"}>REFUSED",
        "int>{\"5\": 3}>REFUSED",
        "int>{}>REFUSED",
        "int>{\"value\": null}>REFUSED",
        "int>{\"value\": {}}>REFUSED",
        "Mood>{\"FEAR\": \"JOY\"}>REFUSED",
        "Mood>{\"FEAR\": true}>REFUSED",
        "bool>{\"yes\": \"no\"}>REFUSED",
        "dict[str,int]>{\"value\": {\"a\": 1}}>{\"a\":1}",
        "dict[str,int]>{\"any\": {\"a\": 1, \"b\": 2}}>{\"a\":1,\"b\":2}",
        "dict[str,int]>{\"value\": 5}>{\"value\":5}",
        "dict[str,str]>{\"value\": {\"a\": \"x\"}}>{\"a\":\"x\"}",
        "dict[str,str]>{\"value\": \"x\"}>{\"value\":\"x\"}",
        "dict[str,json]>{\"value\": {\"a\": 1}}>{\"value\":{\"a\":1}}",
        "dict[enum[A|B],int]>{\"value\": {\"A\": 1}}>{\"A\":1}",
        "json>{\"value\": {\"a\": 1}}>{\"value\":{\"a\":1}}",
        "json>{\"value\": 5}>{\"value\":5}"
      })
  void aSingleValueOrMapInAnObject(String type, String raw, String expected) {
    assertThat(section(type, "value", raw)).isEqualTo(expected);
    assertThat(section(type, "value", "```json\n" + raw + "\n```")).isEqualTo(expected);
    if (!raw.contains("'")) {
      assertThat(member(type, "value", raw)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      quoteCharacter = '~',
      value = {
        "{\"answer\": \"Paris\"}>\"Paris\"",
        "{\"city\": \"Paris\"}>\"{\\\"city\\\":\\\"Paris\\\"}\"",
        "\"{\\\"answer\\\": \\\"Paris\\\"}\">\"{\\\"answer\\\": \\\"Paris\\\"}\""
      })
  void aTextInAnObjectUnderItsOwnNameInJson(String json, String expected) {
    assertThat(member("str", "answer", json)).isEqualTo(expected);
  }
}
