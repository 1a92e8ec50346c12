package dev.hone.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.hone.coerce.Coercion;
import dev.hone.coerce.TypeMismatchException;
import dev.hone.json.Json;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import dev.hone.type.FieldType.ListOf;
import dev.hone.type.FieldType.ObjectOf;
import dev.hone.type.FieldType.SetOf;
import dev.hone.type.FieldType.Text;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sets whose items all have one hash code. What takes time with the square of their number took a
 * minute and more for these sizes; the limit leaves room for a slow machine.
 */
class EqualHashCodesTest {
  private static final Duration LIMIT = Duration.ofSeconds(15);

  /** A text of 16 bits, each written as one of two pairs of letters with equal hash codes. */
  private static String text(int bits) {
    StringBuilder text = new StringBuilder();
    for (int bit = 0; bit < 16; bit++) {
      text.append((bits >> bit & 1) == 0 ? "Aa" : "BB");
    }
    return text.toString();
  }

  private static String array(int size, IntFunction<String> item) {
    return IntStream.range(0, size).mapToObj(item).collect(Collectors.joining(",", "[", "]"));
  }

  private static int sizeOf(FieldType type, String raw) {
    return assertTimeout(LIMIT, () -> Coercion.text(type, raw, "x").size());
  }

  private static FieldType type(String name) {
    return Signature.parse("a -> b: " + name).outputFields().get(0).type();
  }

  @Test
  void textsCostNoMoreThanSorting() {
    int n = 45_000;

    assertThat(text(0).hashCode()).isEqualTo(text(n).hashCode());
    assertThat(sizeOf(type("set[str]"), array(n, i -> "\"" + text(i) + "\""))).isEqualTo(n);
    assertThat(sizeOf(type("set[str]"), array(n, i -> "\"" + text(i % 9) + "\""))).isEqualTo(9);
    assertThat(sizeOf(type("set[json]"), array(n, i -> "\"" + text(i) + "\""))).isEqualTo(n);
  }

  @Test
  void numbersCostNoMoreThanSorting() {
    int n = 90_000;

    assertThat(sizeOf(type("set[int]"), array(n, i -> "" + ((long) i << 32 | i)))).isEqualTo(n);
    assertThat(
            sizeOf(
                new SetOf(new FieldType.Whole(0)),
                array(n, i -> "" + (((long) (i + 1) << 32) + 100_000_000L - 31L * i))))
        .isEqualTo(n);
  }

  @Test
  void objectsAndListsCostNoMoreThanSorting() {
    int n = 30_000;
    FieldType line = new ObjectOf("Line", List.of(Field.of("sku", new Text())));
    String objects = array(n, i -> "{\"sku\":\"" + text(i) + "\"}");

    assertThat(sizeOf(new SetOf(line), objects)).isEqualTo(n);
    assertThat(sizeOf(type("set[dict[str,str]]"), objects)).isEqualTo(n);
    assertThat(sizeOf(new SetOf(new ListOf(new Text())), array(n, i -> "[\"" + text(i) + "\"]")))
        .isEqualTo(n);
    String same = array(n, i -> "{\"sku\":\"A\"}");
    String lines = same.substring(1, same.length() - 1).replace("},", "}\n");
    assertThat(assertTimeout(LIMIT, () -> Coercion.text(line, lines, "x")).toString())
        .isEqualTo("{\"sku\":\"A\"}");
  }

  record Line(String sku) {}

  record Lines(Set<Line> lines) {}

  record Words(Set<String> words) {}

  @Test
  void javaSetsOfTextsAreMadeInTimeAndOfRecordsRefused() {
    ObjectNode words = Json.object();
    ObjectNode lines = Json.object();
    words.set("words", Json.parse(array(45_000, i -> "\"" + text(i) + "\"")));
    lines.set("lines", Json.parse(array(30_000, i -> "{\"sku\":\"" + text(i) + "\"}")));

    Words read = assertTimeout(LIMIT, () -> Codec.ofRecord(Words.class).decode(words));
    assertThat(read.words()).hasSize(45_000);
    assertTimeout(
        LIMIT,
        () ->
            assertThatThrownBy(() -> Codec.ofRecord(Lines.class).decode(lines))
                .isInstanceOf(TypeMismatchException.class)
                .hasMessage("lines: more than 1000 items have the same hash code"));
  }

  @Test
  void ordinarySetsOfRecordsOfAnySizeAreMade() {
    ObjectNode lines = Json.object();
    lines.set("lines", Json.parse(array(20_000, i -> "{\"sku\":\"S" + i + "\"}")));

    assertThat(Codec.ofRecord(Lines.class).decode(lines).lines()).hasSize(20_000);
  }

  @Test
  void theOrderOfASetIsFoundInTime() {
    Signature<ObjectNode, ObjectNode> signature = Signature.parse("a -> words: set[str]");
    ObjectNode words = Json.object();
    words.set("words", Json.parse(array(45_000, i -> "\"" + text(45_000 - i) + "\"")));

    ObjectNode ordered = assertTimeout(LIMIT, () -> signature.output().decode(words));
    List<String> items =
        ordered.get("words").valueStream().map(node -> node.stringValue()).toList();

    assertThat(items).hasSize(45_000).isSorted();
  }
}
