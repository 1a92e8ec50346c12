package dev.hone.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.type.FieldType.Allowed;
import dev.hone.type.FieldType.Any;
import dev.hone.type.FieldType.Bool;
import dev.hone.type.FieldType.Choice;
import dev.hone.type.FieldType.Decimal;
import dev.hone.type.FieldType.ListOf;
import dev.hone.type.FieldType.MapOf;
import dev.hone.type.FieldType.ObjectOf;
import dev.hone.type.FieldType.OptionalOf;
import dev.hone.type.FieldType.SetOf;
import dev.hone.type.FieldType.Temporal;
import dev.hone.type.FieldType.TemporalKind;
import dev.hone.type.FieldType.Text;
import dev.hone.type.FieldType.Whole;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TypeNameTest {
  private static Choice choice(String... names) {
    return new Choice(Arrays.stream(names).map(name -> new Allowed(name, "said of it")).toList());
  }

  @Test
  void tellsNumbersApartByTheirWidthAndExactness() {
    assertThat(Stream.of(8, 16, 32, 64, 0).map(bits -> new Whole(bits).typeName()))
        .containsExactly("int8", "int16", "int32", "int64", "integer");
    assertThat(new Decimal(false).typeName()).isEqualTo("float");
    assertThat(new Decimal(true).typeName()).isEqualTo("decimal");
  }

  @Test
  void namesDatesAndTimesByTheirKind() {
    assertThat(Arrays.stream(TemporalKind.values()).map(kind -> new Temporal(kind).typeName()))
        .containsExactly("date", "time", "datetime", "instant", "offset-datetime", "duration");
  }

  @Test
  void nestsTypesOfParts() {
    FieldType part =
        new ObjectOf(
            "AnyName",
            List.of(
                new Field("size", new Whole(32), "in cm", new Constraints(0, 9, 0, 9)),
                Field.of("tags", new SetOf(new OptionalOf(new Text())))));

    assertThat(new MapOf(choice("A", "B"), new ListOf(part)).typeName())
        .isEqualTo("map<choice{A, B}, list<object{size: int32, tags: set<optional<text>>}>>");
    assertThat(Stream.of(new Bool(), new Any(), new Text()).map(FieldType::typeName))
        .containsExactly("boolean", "json", "text");
  }

  @Test
  void quotesValuesThatCouldBeTakenForSeveral() {
    assertThat(choice("a, b", "c").typeName()).isEqualTo("choice{\"a, b\", c}");
    assertThat(choice("a", "b, c").typeName()).isNotEqualTo(choice("a, b", "c").typeName());
    assertThat(choice("\"a", "b\\").typeName()).isEqualTo("choice{\"\\\"a\", \"b\\\\\"}");
    assertThat(choice("Grün", "no-go", "v1.2").typeName()).isEqualTo("choice{Grün, no-go, v1.2}");
  }

  @Test
  void readsBackEveryNameThatItWrites() {
    FieldType part =
        new ObjectOf("", List.of(Field.of("größe", new Whole(0)), Field.of("_b", new Any())));
    List<FieldType> types =
        List.of(
            new ListOf(new OptionalOf(new SetOf(new Decimal(true)))),
            new MapOf(new Choice(List.of(new Allowed("a|b", ""))), new MapOf(new Text(), part)),
            new ObjectOf("", List.of()),
            new Choice(
                Stream.of("\"q\\", "a, b}", "choice{", "Grün", "v1.2", " ", "\n")
                    .map(name -> new Allowed(name, ""))
                    .toList()));

    for (FieldType type : types) {
      assertThat(FieldType.ofTypeName(type.typeName())).isEqualTo(type);
    }
    for (TemporalKind kind : TemporalKind.values()) {
      assertThat(FieldType.ofTypeName(new Temporal(kind).typeName())).isEqualTo(new Temporal(kind));
    }
    for (int bits : new int[] {0, 8, 16, 32, 64}) {
      assertThat(FieldType.ofTypeName(new Whole(bits).typeName())).isEqualTo(new Whole(bits));
    }
    assertThat(FieldType.ofTypeName("boolean")).isEqualTo(new Bool());
    assertThat(FieldType.ofTypeName("float")).isEqualTo(new Decimal(false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "list",
        "list<text",
        "text ",
        "map<text,text>",
        "choice{}",
        "choice{\"a}",
        "word",
        "object{a text}",
        "optional<optional<text>>",
        "map<int32, text>",
        "choice{a, a}",
        "a<b>"
      })
  void refusesWhatIsNoNameOfAType(String name) {
    assertThatThrownBy(() -> FieldType.ofTypeName(name)).isInstanceOf(InvalidInputException.class);
  }

  @Test
  void refusesATypeThatIsTooDeepAndSaysWhereAnOtherIsWrong() {
    assertThatThrownBy(() -> FieldType.ofTypeName("list<".repeat(100_000)))
        .hasMessageContaining("at most 500 levels")
        .hasMessageMatching("(?s).{1,500}");
    assertThatThrownBy(() -> FieldType.ofTypeName("list<texts>"))
        .hasMessageContainingAll("at character 11 expected a type, not \"texts\"", "Maybe");
  }
}
