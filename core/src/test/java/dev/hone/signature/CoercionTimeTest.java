package dev.hone.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.hone.coerce.Coercion;
import dev.hone.coerce.CoercionTest;
import dev.hone.coerce.TypeMismatchException;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import dev.hone.type.FieldType.Any;
import dev.hone.type.FieldType.Bool;
import dev.hone.type.FieldType.Decimal;
import dev.hone.type.FieldType.ListOf;
import dev.hone.type.FieldType.MapOf;
import dev.hone.type.FieldType.ObjectOf;
import dev.hone.type.FieldType.SetOf;
import dev.hone.type.FieldType.Temporal;
import dev.hone.type.FieldType.TemporalKind;
import dev.hone.type.FieldType.Text;
import dev.hone.type.FieldType.Whole;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("once")
class CoercionTimeTest {
  private static final FieldType CHOICE = CoercionTest.choice("LOW", "VERY_HIGH", "N-A");
  private static final FieldType RECORD =
      new ObjectOf(
          "Line", List.of(Field.of("sku", new Text()), Field.of("tags", new ListOf(new Text()))));

  @Test
  void hugeTextsAreReadOrRefusedInTimeAndStack() {
    List<String> units =
        List.of(
            "(",
            ".",
            ",000",
            "a, ",
            "- x\n",
            "[",
            "\"",
            "1",
            " ",
            "`",
            "a b ",
            "{",
            "{a",
            "[1] ",
            "{\"a\":1}\n",
            "\"a\", ",
            "- \"a\"\n",
            " and",
            "\\",
            "\n",
            "5 [1] ",
            "a#",
            "[a",
            "LOW: ",
            "java; ",
            "a|b\t",
            "('a' ",
            "x and y ",
            "1. a ",
            "\u00a0");
    List<FieldType> types =
        List.of(
            new Whole(32),
            CHOICE,
            new Bool(),
            new Decimal(true),
            new Whole(0),
            new Temporal(TemporalKind.DATE),
            new ListOf(new Whole(32)),
            new SetOf(CHOICE),
            new ListOf(new Text()),
            new ListOf(new Any()),
            new ListOf(new Temporal(TemporalKind.DATE)),
            new ListOf(new ListOf(new Text())),
            RECORD,
            new ListOf(RECORD),
            new MapOf(new Text(), new Whole(32)),
            new Any());
    for (String unit : units) {
      String huge = unit.repeat(15_000 / unit.length());
      for (String raw :
          List.of(
              huge,
              "[" + huge,
              "1" + huge,
              "LOW" + huge + "LOW",
              "a" + huge + "[1]" + huge,
              huge + "1" + huge.replace('(', ')'))) {
        for (FieldType type : types) {
          Throwable thrown =
              assertTimeout(
                  Duration.ofSeconds(2), () -> catchThrowable(() -> Coercion.text(type, raw, "x")));

          assertThat(thrown == null || thrown instanceof TypeMismatchException).isTrue();
        }
      }
    }
  }

  /** As large as a reply may be; the limit leaves room for a slow machine. */
  @Test
  void aMegabyteIsReadOrRefusedInSeconds() {
    List<FieldType> types =
        List.of(
            CHOICE,
            new Bool(),
            new Whole(32),
            new ListOf(new Text()),
            new SetOf(CHOICE),
            new ListOf(RECORD));
    for (String unit :
        List.of(
            "java, ", "LOW\n", "- a b\n", "\"a\" ", "(a; ", "1,000, ", "{'a', ", "\u0130", "\u03a3",
            "\u0301")) {
      String huge = unit.repeat(1_000_000 / unit.length());
      for (FieldType type : types) {
        Throwable thrown =
            assertTimeout(
                Duration.ofSeconds(15), () -> catchThrowable(() -> Coercion.text(type, huge, "x")));

        assertThat(thrown == null || thrown instanceof TypeMismatchException).isTrue();
      }
    }
  }
}
