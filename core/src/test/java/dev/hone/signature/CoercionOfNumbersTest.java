package dev.hone.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.hone.coerce.Coercion;
import dev.hone.coerce.TypeMismatchException;
import dev.hone.json.Json;
import dev.hone.type.FieldType;
import dev.hone.type.FieldType.Decimal;
import dev.hone.type.FieldType.Whole;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BigIntegerNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.LongNode;

class CoercionOfNumbersTest {
  private static final Whole INT = new Whole(32);

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
  @CsvSource(
      delimiter = '|',
      value = {
        "3|3",
        "-3|-3",
        "+3|3",
        "3.0|3",
        "3.|3",
        " 3 |3",
        "'3'|3",
        "**3**|3",
        "`3`.|3",
        "3e2|300",
        "1,000|1000",
        "1,234,567|1234567",
        "1_000|1000",
        "1,000.00|1000",
        "−5|-5",
        "[3]|3",
        "007|7"
      })
  void readsAWholeNumber(String raw, long expected) {
    assertThat(text(INT, raw)).isEqualTo(LongNode.valueOf(expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "3.7",
        "1,00",
        "10,00",
        "12,34,567",
        "3%",
        "$3",
        "3 €",
        "about 3",
        "3 or 4",
        "3/10",
        "three",
        "",
        "NaN",
        "Infinity",
        "1e400",
        "1e999999999",
        "0x10",
        "2147483648",
        "-2147483649",
        "--3",
        "null"
      })
  void refusesWhatIsNoWholeNumber(String raw) {
    refused(INT, raw);
  }

  @Test
  void holdsWholeNumbersToTheirBits() {
    assertThat(value(new Whole(8), "127")).isEqualTo(LongNode.valueOf(127));
    assertThat(value(new Whole(64), "9223372036854775807"))
        .isEqualTo(LongNode.valueOf(Long.MAX_VALUE));
    assertThat(value(new Whole(0), "9223372036854775808"))
        .isEqualTo(BigIntegerNode.valueOf(BigInteger.TWO.pow(63)));
    assertThat(value(new Whole(0), "3")).isEqualTo(BigIntegerNode.valueOf(BigInteger.valueOf(3)));

    assertThatThrownBy(() -> value(new Whole(8), "128"))
        .hasMessage("x: found 128, expected whole number from -128 to 127");
    assertThatThrownBy(() -> value(new Whole(64), "9223372036854775808"))
        .isInstanceOf(TypeMismatchException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.0", "3e0", "\"3\"", "3", "[3]", "[\"3\"]"})
  void readsAWholeNumberFromAnyJson(String json) {
    assertThat(value(INT, json)).isEqualTo(LongNode.valueOf(3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "null", "[]", "[3, 4]", "[\"a\"]", "{}", "3.5"})
  void refusesJsonThatIsNoWholeNumber(String json) {
    assertThatThrownBy(() -> value(INT, json)).isInstanceOf(TypeMismatchException.class);
  }

  @Test
  void readsNumbersWithAFraction() {
    assertThat(text(new Decimal(false), "0.5")).isEqualTo(DoubleNode.valueOf(0.5));
    assertThat(text(new Decimal(false), "**.5**")).isEqualTo(DoubleNode.valueOf(0.5));
    assertThat(value(new Decimal(false), "3")).isEqualTo(DoubleNode.valueOf(3));
    assertThat(text(new Decimal(true), "1,000.10"))
        .isEqualTo(DecimalNode.valueOf(new BigDecimal("1000.10")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "Infinity", "-Infinity", "1e400", "50%", "$5", "5 USD", "", "0,5"})
  void refusesWhatIsNoFiniteNumber(String raw) {
    refused(new Decimal(false), raw);
  }

  @Test
  void refusesNumbersThatAreNotFiniteInNodes() {
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> Coercion.value(new Decimal(false), DoubleNode.valueOf(bad), "x"))
          .isInstanceOf(TypeMismatchException.class);
      assertThatThrownBy(() -> Coercion.value(INT, DoubleNode.valueOf(bad), "x"))
          .isInstanceOf(TypeMismatchException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e-9999999",
        "1e-99999999",
        "-1e-999999999",
        "1e999999999",
        "12345e-999999999",
        "1e2147483647"
      })
  void refusesExponentsBeyondReasonAtOnce(String number) {
    for (FieldType type : new FieldType[] {INT, new Whole(0), new Decimal(true)}) {
      assertTimeout(
          Duration.ofSeconds(5),
          () ->
              assertThatThrownBy(() -> exact(type, number))
                  .isInstanceOf(TypeMismatchException.class));
      refused(type, number);
    }
  }

  private static JsonNode exact(FieldType type, String number) {
    return Coercion.value(type, DecimalNode.valueOf(new BigDecimal(number)), "x");
  }

  @Test
  void readsZeroWithAnyExponentAsAWholeNumber() {
    assertThat(exact(INT, "0e-9999999")).isEqualTo(LongNode.valueOf(0));
    assertThat(exact(INT, "0e9999999")).isEqualTo(LongNode.valueOf(0));
    assertThat(exact(INT, "3000e-3")).isEqualTo(LongNode.valueOf(3));
    assertThat(exact(new Decimal(false), "1e-9999999")).isEqualTo(DoubleNode.valueOf(0));
    assertThatThrownBy(() -> exact(INT, "3000e-4")).isInstanceOf(TypeMismatchException.class);
  }
}
