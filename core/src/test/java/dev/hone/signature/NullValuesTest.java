package dev.hone.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.json.Json;
import dev.hone.type.Constraints;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is said of null in the records that users pass. */
@SuppressWarnings("NullAway")
class NullValuesTest {
  record Item(String name, Optional<Integer> price) {}

  record Order(
      String text,
      Integer count,
      Item first,
      List<Item> items,
      Set<String> tags,
      Map<String, Item> byName,
      Optional<Item> extra,
      JsonNode any) {}

  private static final Item ITEM = new Item("x", Optional.empty());
  private static final Item NAMELESS = new Item(null, Optional.empty());

  private static Order order(String text, List<Item> items, Set<String> tags, Item extra) {
    return new Order(
        text, 1, ITEM, items, tags, Map.of("a", ITEM), Optional.ofNullable(extra), Json.object());
  }

  private static void refuses(Order order, String message) {
    assertThatThrownBy(() -> Codec.ofRecord(Order.class).encodeComplete(order, "input"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(message);
  }

  @Test
  void namesTheComponentThatIsNull() {
    refuses(
        order(null, List.of(), Set.of(), null),
        "The input has null in Order.text, expected text. Maybe give it a value, or use"
            + " Optional<String> where it may be absent.");
    refuses(
        new Order("a", null, ITEM, List.of(), Set.of(), Map.of(), Optional.empty(), Json.object()),
        "The input has null in Order.count, expected whole number. Maybe give it a value, or use"
            + " Optional<…> where it may be absent.");
    refuses(
        order("a", null, Set.of(), null),
        "The input has null in Order.items, expected list of object {name: text, price: (whole"
            + " number, or null)}. Maybe pass an empty one.");
  }

  @Test
  void namesThePathToANullInsideOfAnotherValue() {
    refuses(
        order("a", List.of(ITEM, NAMELESS), Set.of(), null),
        "The input has null in Order.items[1].name, expected text. Maybe give it a value, or use"
            + " Optional<String> where it may be absent.");
    refuses(
        order("a", List.of(), Set.of(), NAMELESS),
        "The input has null in Order.extra.name, expected text. Maybe give it a value, or use"
            + " Optional<String> where it may be absent.");
    refuses(
        new Order(
            "a",
            1,
            ITEM,
            List.of(),
            Set.of(),
            Map.of("k", NAMELESS),
            Optional.empty(),
            Json.object()),
        "The input has null in Order.byName['k'].name, expected text. Maybe give it a value, or"
            + " use Optional<String> where it may be absent.");
  }

  @Test
  void namesAnItemThatIsNull() {
    assertThatThrownBy(
            () ->
                Codec.ofRecord(Order.class)
                    .encodeComplete(order("a", Arrays.asList(ITEM, null), Set.of(), null), "label"))
        .hasMessageContainingAll("The label has null in Order.items[1]", "Maybe leave that item");
    refuses(
        order("a", List.of(), new HashSet<>(Arrays.asList("b", null, "a")), null),
        "The input has null in Order.tags[2], expected text. Maybe leave that item out.");
  }

  @Test
  void refusesAMapWithoutAKey() {
    Map<String, Item> map = new HashMap<>(Collections.singletonMap(null, ITEM));
    map.put("a", ITEM);

    refuses(
        new Order("a", 1, ITEM, List.of(), Set.of(), map, Optional.empty(), Json.object()),
        "Order.byName is a map with null as a key. Maybe leave that key out.");
  }

  @Test
  void takesAnOptionalThatIsNullForEmptyAndAnyJsonThatIsNullForItself() {
    Order order = new Order("a", 1, ITEM, List.of(), Set.of(), Map.of(), null, null);

    assertThat(Codec.ofRecord(Order.class).encodeComplete(order, "input").get("extra").isNull())
        .isTrue();
  }

  @Test
  void saysWhatItExpectedForNullOrAValueOfAnotherClass() {
    refuses(null, "The input is null, expected a record Order. Maybe pass one.");
    assertThatThrownBy(() -> Codec.ofRecord(Order.class).encode(null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("Found null, expected a record Order. Maybe pass a new Order.");
    @SuppressWarnings("unchecked")
    Codec<Object> raw = (Codec<Object>) (Codec<?>) Codec.ofRecord(Order.class);
    assertThatThrownBy(() -> raw.encodeComplete("text", "input"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("Found a java.lang.String, expected a record Order");
  }

  @Test
  void saysWhatAJsonInputLacks() {
    Codec<tools.jackson.databind.node.ObjectNode> codec =
        Signature.parse("question, n: int -> answer").input();

    assertThatThrownBy(
            () -> codec.encodeComplete(Json.object().putNull("question").put("n", 1), "input"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "The input does not fit: question: found null, expected text. Maybe give it all of"
                + " [question, n].");
    assertThatThrownBy(() -> codec.encodeComplete(null, "input"))
        .hasMessageContaining("expected a JSON object");
  }

  record Loud(String text) {
    @Override
    public String text() {
      throw new IllegalStateException("closed");
    }
  }

  @Test
  void saysWhyAnAccessorFailed() {
    assertThatThrownBy(() -> Codec.ofRecord(Loud.class).encode(new Loud("a")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("Loud.text()", "closed", "Maybe");
  }

  @Test
  void advisesNoSwapWhereThatWouldNotHelp() {
    assertThatThrownBy(() -> new Constraints(Double.NaN, 1, 0, 1))
        .hasMessage("A limit is NaN: min is NaN and max is 1. Maybe leave the limit out.");
    assertThatThrownBy(() -> new Constraints(0, 1, -1, 1))
        .hasMessage("minSize (-1) is negative. Maybe leave it out.");
  }
}
