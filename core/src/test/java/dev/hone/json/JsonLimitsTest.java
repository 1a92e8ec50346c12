package dev.hone.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.hone.InvalidInputException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Sizes that JSON may have, the same wherever it is read. */
class JsonLimitsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e-9999999",
        "1e-99999999",
        "1e-99999",
        "1e9999",
        "-1e999999999",
        "1E+99999999999999999999",
        "0.1e-2000",
        "1.5e-1001"
      })
  void refusesNumbersWithTooManyPlacesAtOnce(String number) {
    for (String json : List.of("{\"n\":" + number + "}", "[" + number + "]", number)) {
      assertTimeoutPreemptively(
          Duration.ofSeconds(5),
          () -> {
            assertThatThrownBy(() -> Json.parse(json))
                .isInstanceOfSatisfying(
                    JacksonException.class,
                    e -> assertThat(Json.problem(e)).contains("too large or too long"));
            assertThatThrownBy(() -> Json.parseFile(json)).isInstanceOf(JacksonException.class);
            assertThat(LenientJson.read(json).filter(r -> r.doubt() == null)).isEmpty();
          });
    }
  }

  @Test
  void readsNumbersOfAnyUsualSize() {
    for (String number : List.of("1e300", "1e-300", "1e1000", "-2.50", "0." + "1".repeat(900))) {
      assertThat(Json.parse("[" + number + "]"))
          .isEqualTo(LenientJson.read("[" + number + ",]").orElseThrow().value());
    }
  }

  @Test
  void whatIsNotTooDeepToBeReadCanBeSavedAndReadAgain() {
    String deep = "[".repeat(Json.MAX_DEPTH) + "]".repeat(Json.MAX_DEPTH);
    JsonNode value = Json.parse(deep);
    JsonNode file = value;
    for (int i = 0; i < 20; i++) {
      file = Json.object().set("in", file);
    }

    assertThat(LenientJson.read(deep).orElseThrow().value()).isEqualTo(value);
    assertThat(LenientJson.read("x " + deep).orElseThrow().value()).isEqualTo(value);
    assertThat(Json.parseFile(Json.write(file))).isEqualTo(file);
    assertThat(Json.parseFile(Json.pretty(file))).isEqualTo(file);
    assertThat(Json.fingerprint(file)).hasSize(64);
  }

  @Test
  void oneLevelTooManyIsRefusedInStrictAndInTolerantReading() {
    String deep = "[".repeat(Json.MAX_DEPTH + 1) + "]".repeat(Json.MAX_DEPTH + 1);

    assertThatThrownBy(() -> Json.parse(deep)).isInstanceOf(JacksonException.class);
    assertThat(LenientJson.read("{a: 1, 'b': " + deep + "}")).isEmpty();
  }

  @Test
  void aTreeThatIsTooDeepToBeSavedIsRefusedInWords() {
    JsonNode tree = Json.array();
    for (int i = 0; i < 20_000; i++) {
      tree = Json.array().add(tree);
    }
    JsonNode deep = tree;

    assertThatThrownBy(() -> Json.write(deep))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("500");
    assertThatThrownBy(() -> Json.pretty(deep)).isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> Json.canonical(deep)).isInstanceOf(InvalidInputException.class);
  }
}
