package dev.hone.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.coerce.Coercion;
import dev.hone.coerce.TypeMismatchException;
import dev.hone.json.Json;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class RecordCodecTest {
  enum Color {
    @Desc("like blood")
    RED,
    GREEN {
      @Override
      public String toString() {
        return "grass";
      }
    },
    BLUE
  }

  enum Nothing {}

  record Inner(String name, Optional<Integer> size) {}

  record Everything(
      String text,
      byte tiny,
      Short small,
      int whole,
      long big,
      BigInteger huge,
      float single,
      double number,
      BigDecimal exact,
      boolean flag,
      Color color,
      LocalDate date,
      LocalTime time,
      LocalDateTime dateTime,
      Instant instant,
      OffsetDateTime offset,
      Duration duration,
      List<Inner> list,
      Set<Color> set,
      Map<Color, List<Integer>> map,
      Optional<Inner> optional,
      JsonNode any) {}

  private static final Everything FULL =
      new Everything(
          "a\nb",
          (byte) -128,
          (short) 300,
          Integer.MAX_VALUE,
          Long.MIN_VALUE,
          BigInteger.TEN.pow(30),
          0.1f,
          1e-7,
          new BigDecimal("1.50"),
          true,
          Color.GREEN,
          LocalDate.of(2026, 11, 21),
          LocalTime.of(18, 30),
          LocalDateTime.of(2026, 11, 21, 18, 30),
          Instant.parse("2026-11-21T18:30:00Z"),
          OffsetDateTime.parse("2026-11-21T18:30+01:00"),
          Duration.ofMinutes(90),
          List.of(new Inner("x", Optional.of(3)), new Inner("y", Optional.empty())),
          Set.of(Color.BLUE, Color.RED),
          Map.of(Color.BLUE, List.of(1, 2), Color.RED, List.of()),
          Optional.of(new Inner("z", Optional.empty())),
          Json.parse("{\"k\":[1]}"));

  record Name(String name) {
    Name {
      if (name.isBlank()) {
        throw new IllegalArgumentException("a name must not be blank");
      }
    }
  }

  record Person(Name name, List<Name> others) {}

  @Test
  void carriesEveryTypeThereAndBack() {
    Codec<Everything> codec = Codec.ofRecord(Everything.class);

    ObjectNode node = codec.encode(FULL);

    assertThat(codec.decode(node)).isEqualTo(FULL);
    assertThat(codec.decode((ObjectNode) Json.parse(Json.write(node)))).isEqualTo(FULL);
  }

  @Test
  void writesCanonicalValues() {
    Codec<Everything> codec = Codec.ofRecord(Everything.class);

    ObjectNode node = codec.encode(FULL);

    assertThat(Coercion.object(codec.fields(), node, "")).isEqualTo(node);
    assertThat(Coercion.object(codec.fields(), Json.parse(Json.write(node)), "").toString())
        .isEqualTo(node.toString());
    assertThat(node.get("single")).hasToString("0.1");
    assertThat(node.get("time").stringValue()).isEqualTo("18:30:00");
    assertThat(node.get("offset").stringValue()).isEqualTo("2026-11-21T18:30:00+01:00");
  }

  record Bags(Map<String, Integer> map, Set<String> set, Set<Integer> numbers) {}

  @Test
  void writesEqualSetsAndMapsAlikeWhateverTheirOrder() {
    Map<String, Integer> map = new HashMap<>();
    for (String key : List.of("z", "b", "a")) {
      map.put(key, 1);
    }
    Bags bags = new Bags(map, Set.of("y", "x"), Set.of(10, 9));

    assertThat(Codec.ofRecord(Bags.class).encode(bags))
        .hasToString(
            "{\"map\":{\"a\":1,\"b\":1,\"z\":1},\"set\":[\"x\",\"y\"],\"numbers\":[9,10]}");
  }

  record Note(Optional<String> note) {}

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "None"})
  void writesATextThatSaysItIsAbsentAsAbsentSinceItIsReadSo(String text) {
    Codec<Note> codec = Codec.ofRecord(Note.class);

    ObjectNode node = codec.encode(new Note(Optional.of(text)));

    assertThat(node).hasToString("{\"note\":null}");
    assertThat(codec.decode(node)).isEqualTo(new Note(Optional.empty()));
  }

  @Test
  void readsAMissingOptional() {
    assertThat(Codec.ofRecord(Note.class).decode(Json.object()))
        .isEqualTo(new Note(Optional.empty()));
  }

  @Test
  void readsTolerantlyAndHoldsValuesToTheirTypes() {
    Codec<Inner> codec = Codec.ofRecord(Inner.class);

    assertThat(codec.decode((ObjectNode) Json.parse("{\"NAME\":\"x\",\"size\":\"3.0\"}")))
        .isEqualTo(new Inner("x", Optional.of(3)));
    assertThatThrownBy(
            () -> codec.decode((ObjectNode) Json.parse("{\"name\":\"x\",\"size\":\"big\"}")))
        .hasMessage("size: found \"big\", expected whole number");
    assertThatThrownBy(() -> codec.decode(Json.object()))
        .hasMessage("name: the value is missing, expected text");
  }

  @Test
  void saysWhichRecordRefusedItsValues() {
    ObjectNode node =
        (ObjectNode)
            Json.parse(
                "{\"name\":{\"name\":\"x\"},\"others\":[{\"name\":\"y\"},{\"name\":\" \"}]}");

    assertThatThrownBy(() -> Codec.ofRecord(Person.class).decode(node))
        .isInstanceOf(TypeMismatchException.class)
        .hasMessage("others[1]: the record Name refused its values: a name must not be blank");
  }

  record Single(float value) {}

  @Test
  void refusesNumbersThatAFloatOrJsonCannotCarry() {
    Codec<Single> codec = Codec.ofRecord(Single.class);

    assertThatThrownBy(() -> codec.decode((ObjectNode) Json.parse("{\"value\":1e300}")))
        .isInstanceOf(TypeMismatchException.class)
        .hasMessageContaining("range of a float");
    assertThatThrownBy(() -> codec.encode(new Single(Float.NaN)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("NaN");
  }

  @Test
  void readsDescriptionsAndLimits() {
    record Scored(@Desc("  how bad ") @Limits(min = 0, max = 10) int score, Color color) {}

    List<Field> fields = Codec.ofRecord(Scored.class).fields();

    assertThat(fields.get(0).description()).isEqualTo("how bad");
    assertThat(fields.get(0).constraints().phrases()).containsExactly("at least 0", "at most 10");
    assertThat(((FieldType.Choice) fields.get(1).type()).allowed())
        .extracting(FieldType.Allowed::name, FieldType.Allowed::description)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("RED", "like blood"),
            org.assertj.core.groups.Tuple.tuple("GREEN", ""),
            org.assertj.core.groups.Tuple.tuple("BLUE", ""));
  }

  @SuppressWarnings("ArrayRecordComponent")
  record Arrays(String[] values) {}

  record Other(Thread thread) {}

  record Raw(@SuppressWarnings("rawtypes") List list) {}

  record Generic<T>(T value) {}

  record BadKey(Map<Integer, String> map) {}

  record Twice(Optional<Optional<String>> value) {}

  record Empty(Nothing nothing) {}

  record Loop(String name, List<Loop> children) {}

  record LimitedFlag(@Limits(min = 1) boolean flag) {}

  record LimitedNumber(@Limits(minSize = 1) int number) {}

  record Crossed(@Limits(min = 2, max = 1) int number) {}

  private static void refuses(Class<?> type, String... parts) {
    assertThatThrownBy(() -> Codec.ofRecord(type))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(parts)
        .hasMessageContaining("Maybe ");
  }

  @Test
  void refusesTypesThatASignatureCannotCarryAndSaysWhatWouldDo() {
    refuses(String.class, "java.lang.String is not a record", "record Question(String text) {}");
    refuses(Integer.class, "java.lang.Integer is not", "record Question(Integer text) {}");
    refuses(int.class, "int is not a record", "record Question(int text) {}");
    refuses(List.class, "java.util.List is not", "record Question(List<String> text) {}");
    refuses(Map.class, "java.util.Map is not", "record Question(Map<String, String> text) {}");
    refuses(RecordCodecTest.class, "is not a record", "record RecordCodecTest(String text) {}");
    refuses(Arrays.class, "Arrays.values is an array", "List");
    refuses(Other.class, "Other.thread has the type java.lang.Thread");
    refuses(Raw.class, "Raw.list has the type java.util.List");
    refuses(Generic.class, "Generic.value has the type T");
    refuses(BadKey.class, "BadKey.map is a map with keys of type whole number");
    refuses(Twice.class, "Twice.value is an Optional of an Optional");
    refuses(Empty.class, "Empty.nothing", "no constants");
    refuses(Loop.class, "Loop contains itself");
  }

  @Test
  void refusesLimitsThatLimitNothing() {
    refuses(LimitedFlag.class, "LimitedFlag.flag has @Limits on numbers, but is true or false");
    refuses(LimitedNumber.class, "LimitedNumber.number has @Limits on its size");
    refuses(Crossed.class, "min (2) and max (1) allow no number");
  }
}
