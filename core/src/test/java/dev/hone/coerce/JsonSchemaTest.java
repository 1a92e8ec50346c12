package dev.hone.coerce;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.hone.json.Json;
import dev.hone.signature.Codec;
import dev.hone.signature.Desc;
import dev.hone.signature.Limits;
import dev.hone.type.Field;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class JsonSchemaTest {
  enum Level {
    @Desc("harmless")
    LOW,
    HIGH
  }

  record Part(@Desc("in euro") @Limits(min = 0.5) double price, Optional<Level> level) {}

  record Report(
      @Desc("how bad") Level level,
      @Limits(min = 0, max = 10) int score,
      Set<Level> levels,
      @Limits(minSize = 1, maxSize = 3) List<Part> parts,
      Optional<String> note,
      Optional<Part> best,
      Map<Level, Integer> counts,
      @Limits(maxSize = 20) String title,
      boolean done,
      BigDecimal total,
      LocalDate day,
      Optional<Instant> at,
      OffsetDateTime from) {}

  private static final Report REPORT =
      new Report(
          Level.HIGH,
          3,
          Set.of(Level.LOW),
          List.of(new Part(1.5, Optional.of(Level.LOW)), new Part(0.5, Optional.empty())),
          Optional.of("n"),
          Optional.empty(),
          Map.of(Level.LOW, 2),
          "t",
          true,
          new BigDecimal("10.20"),
          LocalDate.of(2026, 11, 21),
          Optional.of(Instant.parse("2026-11-21T18:30:00Z")),
          OffsetDateTime.parse("2026-11-21T18:30+01:00"));

  private static final Codec<Report> CODEC = Codec.ofRecord(Report.class);

  private static boolean isValid(ObjectNode value) {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Json.write(JsonSchema.of(CODEC.fields())), InputFormat.JSON);
    return schema
        .validate(
            Json.write(value),
            InputFormat.JSON,
            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
        .isEmpty();
  }

  @Test
  void acceptsEncodedValues() {
    assertThat(isValid(CODEC.encode(REPORT))).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "level|\"MEDIUM\"",
        "level|null",
        "score|11",
        "score|1.5",
        "levels|[\"MEDIUM\"]",
        "parts|[]",
        "parts|[{\"price\":0.1,\"level\":null}]",
        "parts|[{\"price\":1}]",
        "note|3",
        "best|{}",
        "counts|{\"MEDIUM\":1}",
        "counts|{\"LOW\":\"x\"}",
        "title|\"123456789012345678901\"",
        "done|\"true\"",
        "total|\"1\"",
        "day|\"21.11.2026\"",
        "at|\"2026-11-21\"",
        "extra|1"
      })
  void refusesWhatCoercionWouldHaveToMendOrRefuse(String field, String json) {
    ObjectNode node = CODEC.encode(REPORT);
    node.set(field, Json.parse(json));

    assertThat(isValid(node)).isFalse();
  }

  @Test
  void refusesAMissingKeyEvenOfAnOptional() {
    ObjectNode node = CODEC.encode(REPORT);
    node.remove("note");

    assertThat(isValid(node)).isFalse();
  }

  @Test
  void isTheSameTextEachTimeInTheOrderOfTheFields() {
    ObjectNode schema = JsonSchema.of(CODEC.fields());

    assertThat(Json.write(schema)).isEqualTo(Json.write(JsonSchema.of(CODEC.fields())));
    assertThat(schema.get("properties").propertyNames())
        .containsExactlyElementsOf(CODEC.fields().stream().map(Field::name).toList());
    assertThat(Json.write(schema.get("properties").get("level")))
        .isEqualTo(
            "{\"type\":\"string\",\"enum\":[\"LOW\",\"HIGH\"],\"description\":\"how bad. LOW: harmless\"}");
    assertThat(Json.write(schema.get("properties").get("score")))
        .isEqualTo("{\"type\":\"integer\",\"minimum\":0,\"maximum\":10}");
    assertThat(Json.write(schema.get("properties").get("note")))
        .isEqualTo("{\"type\":[\"string\",\"null\"]}");
  }
}
