package dev.hone.coerce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.json.Json;
import dev.hone.type.FieldType;
import dev.hone.type.FieldType.Allowed;
import dev.hone.type.FieldType.Any;
import dev.hone.type.FieldType.Bool;
import dev.hone.type.FieldType.Choice;
import dev.hone.type.FieldType.Decimal;
import dev.hone.type.FieldType.OptionalOf;
import dev.hone.type.FieldType.Temporal;
import dev.hone.type.FieldType.TemporalKind;
import dev.hone.type.FieldType.Text;
import dev.hone.type.FieldType.Whole;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

public class CoercionTest {
  private static final Whole INT = new Whole(32);
  private static final Choice SEVERITY = choice("LOW", "VERY_HIGH", "N-A");

  public static Choice choice(String... names) {
    return new Choice(Stream.of(names).map(name -> new Allowed(name, "")).toList());
  }

  private static JsonNode text(FieldType type, String raw) {
    return Coercion.text(type, raw, "x");
  }

  private static JsonNode value(FieldType type, String json) {
    return Coercion.value(type, Json.parse(json), "x");
  }

  private static void refused(FieldType type, String raw) {
    assertThatThrownBy(() -> text(type, raw)).isInstanceOf(TypeMismatchException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "VERY_HIGH", "very_high", "Very High", "very-high", "VeryHigh", " \"VERY_HIGH\" ",
        "'very high'", "`VERY_HIGH`", "**VERY_HIGH**", "[VERY_HIGH]", "[\"VERY_HIGH\"]",
            "{VERY_HIGH}",
        "VERY_HIGH.", "“Very high”.", "**Very High.**", "Severity.VERY_HIGH", "```\nVERY_HIGH\n```"
      })
  void findsAChoiceHoweverItIsDressed(String raw) {
    assertThat(text(SEVERITY, raw)).isEqualTo(StringNode.valueOf("VERY_HIGH"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HIGH",
        "VERY",
        "VERY_HIGH or LOW",
        "LOW, VERY_HIGH",
        "not LOW",
        "LOWEST",
        "1"
      })
  void refusesWhatIsNoChoice(String raw) {
    refused(SEVERITY, raw);
  }

  @Test
  void doesNotTakeOneSignForAnother() {
    Choice signs = choice("-1", "+1", "0");

    assertThat(text(signs, "-1").stringValue()).isEqualTo("-1");
    assertThat(value(signs, "-1").stringValue()).isEqualTo("-1");
    refused(signs, "1");
  }

  @Test
  void takesTheExactChoiceWhereSeveralAreAlikeAndRefusesToGuess() {
    Choice cases = choice("low", "Low", "LOW", "A_B", "AB");

    assertThat(text(cases, "LOW").stringValue()).isEqualTo("LOW");
    assertThat(text(cases, "'Low'").stringValue()).isEqualTo("Low");
    assertThat(text(cases, "AB").stringValue()).isEqualTo("AB");
    refused(cases, "lOw");
    refused(cases, "a b");
  }

  @ParameterizedTest
  @CsvSource({
    "true,true",
    "True,true",
    "YES,true",
    "yes.,true",
    "1,true",
    "**true**,true",
    "false,false",
    "False,false",
    "no,false",
    "0,false",
    "'\"No\"',false"
  })
  void readsABoolean(String raw, boolean expected) {
    assertThat(text(new Bool(), raw)).isEqualTo(BooleanNode.valueOf(expected));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "maybe", "2", "yes and no", "null", "1.0"})
  void refusesWhatIsNoBoolean(String raw) {
    refused(new Bool(), raw);
  }

  @ParameterizedTest
  @CsvSource({
    "DATE,2026-11-21,2026-11-21",
    "DATE,'**2026-11-21**.',2026-11-21",
    "DATE,2026/11/21,2026-11-21",
    "DATE,2026-11-21T00:00:00Z,2026-11-21",
    "DATE,2026-11-21 18:30,2026-11-21",
    "TIME,18:30,18:30:00",
    "TIME,9:05:07,09:05:07",
    "DATE_TIME,2026-11-21T18:30,2026-11-21T18:30:00",
    "DATE_TIME,2026-11-21 18:30:01.5,2026-11-21T18:30:01.5",
    "INSTANT,2026-11-21T18:30:00Z,2026-11-21T18:30:00Z",
    "INSTANT,2026-11-21T18:30:00+01:00,2026-11-21T17:30:00Z",
    "INSTANT,2026-11-21 18:30,2026-11-21T18:30:00Z",
    "OFFSET_DATE_TIME,2026-11-21T18:30+01:00,2026-11-21T18:30:00+01:00",
    "OFFSET_DATE_TIME,2026-11-21 18:30:00+0100,2026-11-21T18:30:00+01:00",
    "DURATION,PT15M,PT15M",
    "DURATION,pt90m,PT1H30M"
  })
  void readsDatesAndTimes(TemporalKind kind, String raw, String expected) {
    assertThat(text(new Temporal(kind), raw)).isEqualTo(StringNode.valueOf(expected));
    assertThat(text(new Temporal(kind), expected)).isEqualTo(StringNode.valueOf(expected));
  }

  @ParameterizedTest
  @CsvSource({
    "DATE,2026-02-30", "DATE,21.11.2026", "DATE,11/21/2026", "DATE,tomorrow", "DATE,2026-11",
    "TIME,25:00", "TIME,noon", "DATE_TIME,2026-11-21", "INSTANT,2026-11-21",
        "OFFSET_DATE_TIME,2026-11-21T18:30:00",
    "DURATION,15 minutes"
  })
  void refusesDatesAndTimesThatAreNoneOrThatNeedGuessing(TemporalKind kind, String raw) {
    refused(new Temporal(kind), raw);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "null", "None", "NULL", "none.", "`null`"})
  void readsAnAbsentOptional(String raw) {
    for (FieldType type : List.of(INT, new Text(), SEVERITY, new Bool(), new Decimal(true))) {
      assertThat(text(new OptionalOf(type), raw)).isEqualTo(NullNode.getInstance());
    }
  }

  @Test
  void readsAPresentOptional() {
    assertThat(text(new OptionalOf(INT), "3.0")).isEqualTo(LongNode.valueOf(3));
    assertThat(text(new OptionalOf(new Text()), "none of it"))
        .isEqualTo(StringNode.valueOf("none of it"));
    assertThat(text(new OptionalOf(choice("NONE", "SOME")), "None"))
        .isEqualTo(StringNode.valueOf("NONE"));
    refused(new OptionalOf(INT), "three");
  }

  @Test
  void takesTextAsItIs() {
    assertThat(text(new Text(), "  \"a\"\n\n[b] "))
        .isEqualTo(StringNode.valueOf("  \"a\"\n\n[b] "));
    assertThat(value(new Text(), "3.50")).isEqualTo(StringNode.valueOf("3.50"));
    assertThat(value(new Text(), "[\"a\"]")).isEqualTo(StringNode.valueOf("[\"a\"]"));
    assertThatThrownBy(() -> value(new Text(), "null")).hasMessage("x: found null, expected text");
  }

  @Test
  void readsAnyJsonOrElseText() {
    assertThat(text(new Any(), "{\"a\":1}")).isEqualTo(Json.parse("{\"a\":1}"));
    assertThat(text(new Any(), "hello {x}")).isEqualTo(StringNode.valueOf("hello {x}"));
    assertThat(text(new Any(), "None")).isEqualTo(NullNode.getInstance());
  }

  @Test
  void namesThePathAndShortensWhatWasFound() {
    String longText = "word ".repeat(100);

    assertThatThrownBy(() -> Coercion.text(SEVERITY, longText, "a.b[2]"))
        .isInstanceOfSatisfying(
            TypeMismatchException.class, e -> assertThat(e.path()).isEqualTo("a.b[2]"))
        .hasMessageStartingWith("a.b[2]: found \"word word")
        .hasMessageEndingWith("…, expected one of LOW | VERY_HIGH | N-A")
        .satisfies(e -> assertThat(e.getMessage().length()).isLessThan(150));
  }

  @Test
  void returnsCanonicalValuesAsTheyAre() {
    JsonNode low = StringNode.valueOf("LOW");
    JsonNode three = LongNode.valueOf(3);
    JsonNode half = DoubleNode.valueOf(0.5);
    JsonNode date = StringNode.valueOf("2026-11-21");

    assertThat(Coercion.value(SEVERITY, low, "")).isSameAs(low);
    assertThat(Coercion.value(INT, three, "")).isSameAs(three);
    assertThat(Coercion.value(new Decimal(false), half, "")).isSameAs(half);
    assertThat(Coercion.value(new Temporal(TemporalKind.DATE), date, "")).isSameAs(date);
  }
}
