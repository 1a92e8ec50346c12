package dev.hone.signature;

import static dev.hone.coerce.CoercionTest.choice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.coerce.Coercion;
import dev.hone.coerce.TypeMismatchException;
import dev.hone.json.Json;
import dev.hone.type.Constraints;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import dev.hone.type.FieldType.ListOf;
import dev.hone.type.FieldType.MapOf;
import dev.hone.type.FieldType.ObjectOf;
import dev.hone.type.FieldType.OptionalOf;
import dev.hone.type.FieldType.SetOf;
import dev.hone.type.FieldType.Text;
import dev.hone.type.FieldType.Whole;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CoercionOfPartsTest {
  private static final FieldType CHOICE = choice("HATE", "SPAM", "SELF_HARM");
  private static final FieldType CHOICES = new SetOf(CHOICE);
  private static final FieldType TEXTS = new ListOf(new Text());
  private static final FieldType NUMBERS = new ListOf(new Whole(32));
  private static final FieldType ITEM =
      new ObjectOf(
          "Item",
          List.of(
              Field.of("item_name", new Text()),
              Field.of("price", new Whole(32)),
              Field.of("note", new OptionalOf(new Text()))));

  private static String text(FieldType type, String raw) {
    return Coercion.text(type, raw, "x").toString();
  }

  private static String value(FieldType type, String json) {
    return Coercion.value(type, Json.parse(json), "x").toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[\"HATE\",\"SELF_HARM\"]",
        "['hate', 'self harm',]",
        "[HATE, Self-Harm]",
        "HATE, SELF_HARM",
        "HATE; self_harm",
        "- HATE\n- SELF_HARM",
        "* HATE\n\n* Self harm.",
        "1. HATE\n2. SELF_HARM",
        "HATE\nSELF_HARM",
        "```json\n[\"HATE\", \"SELF_HARM\"]\n```",
        "HATE and SELF_HARM",
        "HATE, and SELF_HARM.",
        "\"HATE\", \"SELF_HARM\"",
        "**HATE, SELF_HARM**.",
        "The policies: [\"HATE\", \"SELF_HARM\"]",
        "[\"HATE\", \"SELF_HARM\", \"hate\"]",
        "{\"HATE\", \"SELF_HARM\"}"
      })
  void readsASetOfChoicesHoweverItIsWritten(String raw) {
    assertThat(text(CHOICES, raw)).isEqualTo("[\"HATE\",\"SELF_HARM\"]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[]", "none", "None.", "(none)", "null", "N/A", "**None**", "{}", "[ ]"})
  void readsAnEmptySetOrList(String raw) {
    assertThat(text(CHOICES, raw)).isEqualTo("[]");
    assertThat(text(TEXTS, raw)).isEqualTo("[]");
  }

  @Test
  void noneIsAnItemIfItIsAllowed() {
    assertThat(text(new SetOf(choice("NONE", "ALL")), "none")).isEqualTo("[\"NONE\"]");
  }

  @Test
  void aBareItemIsAListOfOne() {
    assertThat(text(CHOICES, "hate")).isEqualTo("[\"HATE\"]");
    assertThat(text(TEXTS, "New York City")).isEqualTo("[\"New York City\"]");
    assertThat(text(NUMBERS, "1,000")).isEqualTo("[1000]");
    assertThat(value(CHOICES, "\"hate\"")).isEqualTo("[\"HATE\"]");
    assertThat(value(NUMBERS, "3")).isEqualTo("[3]");
    assertThat(value(new ListOf(ITEM), "{\"item_name\":\"a\",\"price\":1}"))
        .isEqualTo("[{\"item_name\":\"a\",\"price\":1,\"note\":null}]");
  }

  @Test
  void readsListsOfTextAndNumbers() {
    assertThat(text(TEXTS, "[\"a\", \"b, c\"]")).isEqualTo("[\"a\",\"b, c\"]");
    assertThat(text(TEXTS, "- a\n- b [c]")).isEqualTo("[\"a\",\"b [c]\"]");
    assertThat(text(TEXTS, "[see note] blah")).isEqualTo("[\"[see note] blah\"]");
    assertThat(text(TEXTS, "see [1] and [2]")).isEqualTo("[\"see [1] and [2]\"]");
    assertThat(text(TEXTS, "The tags: [\"a\", \"b\"]")).isEqualTo("[\"a\",\"b\"]");
    assertThat(text(NUMBERS, "1, 2, 3")).isEqualTo("[1,2,3]");
    assertThat(text(NUMBERS, "1,2,3")).isEqualTo("[1,2,3]");
    assertThat(text(NUMBERS, "[1.0, \"2\"]")).isEqualTo("[1,2]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'[\"HATE\", \"LOVE\"]'|x[1]",
        "HATE, LOVE|x[1]",
        "'{\"HATE\": true}'|x[0]",
        "something|x[0]"
      })
  void namesTheItemThatDoesNotFit(String raw, String path) {
    assertThatThrownBy(() -> text(CHOICES, raw))
        .isInstanceOfSatisfying(
            TypeMismatchException.class, e -> assertThat(e.path()).isEqualTo(path));
  }

  @Test
  void refusesAListWhoseItemsCannotBeTold() {
    assertThatThrownBy(() -> text(TEXTS, "one\ntwo"))
        .hasMessage("x: found \"one\\ntwo\", expected list of text");
  }

  @Test
  void refusesAListThatWasCutOff() {
    assertThatThrownBy(() -> text(TEXTS, "[\"one\", \"tw"))
        .hasMessageStartingWith("x: the JSON ends before it is complete");
    assertThatThrownBy(() -> text(ITEM, "{\"item_name\": \"a\", \"price\": 1"))
        .hasMessageStartingWith("x: the JSON ends before it is complete");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "[a", "{", "[x", "{}x"})
  void takesNoBrokenListForAnEmptyOne(String raw) {
    assertThatThrownBy(() -> text(NUMBERS, raw)).isInstanceOf(TypeMismatchException.class);
  }

  @Test
  void aSetKeepsTheFirstOfEqualItemsAndTheirOrder() {
    assertThat(value(CHOICES, "[\"spam\",\"HATE\",\"SPAM\"]")).isEqualTo("[\"SPAM\",\"HATE\"]");
    assertThat(value(new ListOf(CHOICE), "[\"spam\",\"SPAM\"]")).isEqualTo("[\"SPAM\",\"SPAM\"]");
  }

  @Test
  void bringsObjectsToExactlyTheirFields() {
    String expected = "{\"item_name\":\"a\",\"price\":2,\"note\":null}";

    assertThat(value(ITEM, "{\"price\":\"2\",\"extra\":1,\"item_name\":\"a\"}"))
        .isEqualTo(expected);
    assertThat(value(ITEM, "{\"Item Name\":\"a\",\"PRICE\":2.0,\"note\":\"none\"}"))
        .isEqualTo(expected);
    assertThat(text(ITEM, "Sure: {'itemName': 'a', price: 2}")).isEqualTo(expected);
  }

  @Test
  void namesThePathToTheMissingPart() {
    assertThatThrownBy(() -> value(new ListOf(ITEM), "[{\"item_name\":\"a\"}]"))
        .hasMessage("x[0].price: the value is missing, expected whole number");
    assertThatThrownBy(() -> value(ITEM, "[1]"))
        .hasMessageStartingWith("x: found [1], expected object {item_name: text");
  }

  @Test
  void doesNotTakeTheKeyOfOneFieldForAnother() {
    List<Field> fields = List.of(Field.of("a_b", new Text()), Field.of("ab", new Text()));

    assertThatThrownBy(() -> Coercion.object(fields, Json.parse("{\"a_b\":\"x\"}"), ""))
        .hasMessage("ab: the value is missing, expected text");
  }

  @Test
  void bringsTheKeysOfMapsToTheirNames() {
    MapOf map = new MapOf(CHOICE, new Whole(32));

    assertThat(value(map, "{\"self harm\":\"1\",\"HATE\":2}"))
        .isEqualTo("{\"SELF_HARM\":1,\"HATE\":2}");
    assertThat(text(map, "none")).isEqualTo("{}");
    assertThatThrownBy(() -> value(map, "{\"hate\":1,\"HATE\":2}"))
        .hasMessage("x['HATE']: the key is there twice");
    assertThatThrownBy(() -> value(map, "{\"love\":1}"))
        .hasMessageStartingWith("x['love']: found \"love\", expected one of HATE");
  }

  @Test
  void doesNotChangeWhatItIsGiven() {
    var node = Json.parse("{\"b\":1,\"price\":\"2\",\"item_name\":\"a\"}");
    var copy = node.deepCopy();

    Coercion.value(ITEM, node, "");

    assertThat(node).isEqualTo(copy);
  }

  @Test
  void holdsValuesToTheirLimits() {
    Field score =
        new Field("score", new Whole(32), "", new Constraints(0, 10, 0, Integer.MAX_VALUE));
    Field name = new Field("name", new Text(), "", limits(2, 4));
    Field tags = new Field("tags", CHOICES, "", limits(1, 2));
    Field marks = new Field("marks", NUMBERS, "", new Constraints(1, 6, 0, Integer.MAX_VALUE));

    assertThat(Coercion.text(score, "10", "s").longValue()).isEqualTo(10);
    assertThat(Coercion.text(name, "\ud83d\ude00abc", "n").isString()).isTrue();
    assertThatThrownBy(() -> Coercion.text(score, "11", "s"))
        .hasMessage("s: found 11, expected at most 10");
    assertThatThrownBy(() -> Coercion.text(score, "-1", "s"))
        .hasMessage("s: found -1, expected at least 0");
    assertThatThrownBy(() -> Coercion.text(name, "a", "n"))
        .hasMessage("n: found 1 character, expected at least 2");
    assertThatThrownBy(() -> Coercion.text(tags, "none", "t"))
        .hasMessage("t: found 0 items, expected at least 1");
    assertThatThrownBy(() -> Coercion.text(tags, "HATE,SPAM,SELF_HARM", "t"))
        .hasMessage("t: found 3 items, expected at most 2");
    assertThatThrownBy(() -> Coercion.text(marks, "[1,7]", "m"))
        .hasMessage("m[1]: found 7, expected at most 6");
  }

  private static Constraints limits(int minSize, int maxSize) {
    return new Constraints(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, minSize, maxSize);
  }
}
