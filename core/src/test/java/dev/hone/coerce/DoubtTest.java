package dev.hone.coerce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.hone.json.Doubt;
import dev.hone.json.Json;
import dev.hone.json.JsonParts;
import dev.hone.json.JsonParts.Part;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import dev.hone.type.FieldType.Any;
import dev.hone.type.FieldType.ListOf;
import dev.hone.type.FieldType.MapOf;
import dev.hone.type.FieldType.ObjectOf;
import dev.hone.type.FieldType.Text;
import dev.hone.type.FieldType.Whole;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A value that can be read in two ways is refused with the words of the doubt. */
class DoubtTest {
  private static final List<FieldType> TYPES =
      List.of(
          new ListOf(new Text()),
          new ListOf(new Any()),
          new ListOf(new ListOf(new Text())),
          new ListOf(new Whole(32)),
          new MapOf(new Text(), new Text()),
          new ObjectOf("P", List.of(Field.of("a", new Text()))),
          new ListOf(new ObjectOf("P", List.of(Field.of("a", new Text())))),
          new Any());

  @Test
  void isRefusedWithItsWordsAtItsPath() {
    assertThatThrownBy(() -> Wrappers.refuseDoubt("one item or two", "tags"))
        .isInstanceOf(TypeMismatchException.class)
        .hasMessage("tags: one item or two");
    assertThatThrownBy(() -> Wrappers.refuseDoubt("word ".repeat(1000), "tags"))
        .satisfies(e -> assertThat(e.getMessage().length()).isLessThan(500));
    assertThatCode(() -> Wrappers.refuseDoubt(null, "tags")).doesNotThrowAnyException();
  }

  @Test
  void staysWithAListThatIsTakenOutOfAnObject() {
    Part part =
        new Part(Json.parse("{\"a\":[1]}"), 0, 9, false, false, Doubt.of("{", "one or two"));

    Part inner = Wrappers.unwrapped(new Whole(32), part);

    assertThat(inner.value().toString()).isEqualTo("[1]");
    assertThat(inner.doubt()).endsWith("one or two");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[\"He said \"stop\", then left\", \"b\"]",
        "[\"the \"dictator\", waiting on a response\"]",
        "[{\"a\": \"The \"best\", source: me\", \"b\": \"Tools\"}]",
        "[\"java\" \"sql\"]",
        "{\"a\": \"x\", \"b\":}",
        "{\"a\": \"x\", \"a\": \"y\"}",
        "[\"key\":\"value\"]",
        "[1, 2, ...]"
      })
  void noReadingInDoubtComesOutOfAnyType(String raw) {
    JsonParts parts = JsonParts.of(raw);
    boolean doubtful = parts.parts().stream().anyMatch(part -> part.doubt() != null);
    for (FieldType type : TYPES) {
      Throwable thrown = catchThrowable(() -> Coercion.text(type, raw, "x"));
      boolean numpy = raw.equals("[\"java\" \"sql\"]") && type.equals(new ListOf(new Text()));

      assertThat(thrown instanceof TypeMismatchException || !doubtful || numpy)
          .as(type.label())
          .isTrue();
    }
  }
}
