package dev.hone.type.bean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.hone.InvalidInputException;
import dev.hone.json.Json;
import dev.hone.type.Field;
import java.util.List;
import org.junit.jupiter.api.Test;

class BeanTypesTest {
  private static final BeanTypes TYPES =
      BeanTypes.describedBy(
          element -> element.toString().contains("named") ? "by the framework" : "");

  enum Size {
    @JsonProperty("small")
    S,
    LARGE
  }

  /** As applications have them: Jackson's names, and something that is no part of it. */
  static final class Parcel {
    @JsonProperty("the_size")
    private Size size;

    @JsonPropertyDescription("in grams")
    private int weight;

    @JsonPropertyDescription("never seen")
    private List<String> named;

    @JsonIgnore private Object secret;
  }

  /** Contains itself. */
  static final class Tree {
    private List<Tree> children;
  }

  @Test
  void takesNamesAndDescriptionsAsJacksonHasThem() {
    List<Field> fields = TYPES.members(Parcel.class, "the parcel");

    assertThat(fields).extracting(Field::name).containsExactly("the_size", "weight", "named");
    assertThat(fields)
        .extracting(Field::description)
        .containsExactly("", "in grams", "by the framework");
    assertThat(fields.get(0).type().toString()).contains("small", "LARGE");
  }

  @Test
  void whatIsWrittenByTheseNamesIsReadByThem() {
    Parcel parcel =
        (Parcel)
            BeanJson.read(
                Json.parse("{\"the_size\":\"small\",\"weight\":7,\"named\":[\"a\"]}"),
                Parcel.class);

    assertThat(parcel.size).isEqualTo(Size.S);
    assertThat(BeanJson.write(parcel))
        .isEqualTo(Json.parse("{\"the_size\":\"small\",\"weight\":7,\"named\":[\"a\"]}"));
  }

  @Test
  void saysWhatNoFieldCanCarry() {
    assertThatThrownBy(() -> TYPES.of(Object.class, "the answer"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("the answer has the type java.lang.Object")
        .hasMessageContaining("Maybe");
    assertThatThrownBy(() -> TYPES.of(Tree.class, "the answer"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("contains itself");
  }
}
