package dev.hone.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.hone.coerce.Coercion;
import dev.hone.coerce.TypeMismatchException;
import dev.hone.json.Json;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import dev.hone.type.FieldType.Allowed;
import dev.hone.type.FieldType.Choice;
import dev.hone.type.FieldType.ListOf;
import dev.hone.type.FieldType.ObjectOf;
import dev.hone.type.FieldType.OptionalOf;
import dev.hone.type.FieldType.SetOf;
import java.util.List;
import java.util.function.Supplier;

/** Types by their short names, and what is read for them: the JSON of the value, or REFUSED. */
final class ParsedType {
  static final String REFUSED = "REFUSED";

  private static final FieldType MOOD =
      new Choice(
          List.of(
              new Allowed("FEAR", "fear, anxiety, or distress"),
              new Allowed("JOY", "Being glad (of anything)."),
              new Allowed("SAD", "")));
  private static final FieldType HOME =
      new ObjectOf("Home", List.of(Field.of("street", of("str"))));
  private static final FieldType PERSON =
      new ObjectOf(
          "Person",
          List.of(
              Field.of("name", of("str")),
              Field.of("age", of("int")),
              Field.of("zip", of("str?")),
              Field.of("home", new OptionalOf(HOME))));

  private ParsedType() {}

  static FieldType of(String name) {
    return switch (name) {
      case "Mood" -> MOOD;
      case "Mood?" -> new OptionalOf(MOOD);
      case "list[Mood]" -> new ListOf(MOOD);
      case "set[Mood]" -> new SetOf(MOOD);
      case "Home?" -> new OptionalOf(HOME);
      case "Person" -> PERSON;
      case "Person?" -> new OptionalOf(PERSON);
      case "list[Person]" -> new ListOf(PERSON);
      default -> Signature.parse("a -> b: " + name).outputFields().get(0).type();
    };
  }

  /** What is read from a section or cell of a field. */
  static String section(String type, String name, String raw) {
    return seen(() -> Coercion.text(Field.of(name, of(type)), raw, name).toString());
  }

  /** What is read from a member of a JSON reply. */
  static String member(String type, String name, String json) {
    return seen(
        () ->
            Coercion.object(
                    List.of(Field.of(name, of(type))),
                    Json.object().set(name, Json.parse(json)),
                    "")
                .get(name)
                .toString());
  }

  private static String seen(Supplier<String> read) {
    String[] result = {REFUSED};
    Throwable thrown = catchThrowable(() -> result[0] = read.get());

    assertThat(thrown == null || thrown instanceof TypeMismatchException).isTrue();
    return result[0];
  }
}
