package dev.hone.type;

import static org.assertj.core.api.Assertions.assertThat;

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
}
