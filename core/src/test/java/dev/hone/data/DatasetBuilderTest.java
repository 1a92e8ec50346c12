package dev.hone.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.json.Json;
import dev.hone.signature.Signature;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rows of any format become examples by the rules of CSV and JSON lines. */
class DatasetBuilderTest {
  record Ticket(String text) {}

  record Label(String topic, int urgency) {}

  private static final Signature<Ticket, Label> SIGNATURE =
      Signature.of(Ticket.class, Label.class, "");

  @Test
  void makesExamplesOfMapsAndJsonAndCarriesOtherColumnsAlong() {
    var builder =
        DatasetBuilder.of("export.xml", SIGNATURE, Columns.asNamed().with("body", "text"));
    builder.add(1, Map.of("body", "hello", "topic", "greeting", "urgency", 1, "language", "en"));
    builder.add(2, Json.object().put("body", "bye").put("topic", "farewell").put("urgency", "2"));

    Dataset<Ticket, Label> dataset = builder.build();

    assertThat(dataset.examples())
        .extracting(Example::expected)
        .containsExactly(new Label("greeting", 1), new Label("farewell", 2));
    assertThat(dataset.get(0).extra("language")).contains("en");
  }

  @Test
  void tellsAllBadRowsAtOnceInTheUnitOfTheFile() {
    var builder = DatasetBuilder.ofRows("data.parquet", SIGNATURE, Columns.asNamed());
    builder.add(1, Map.of("text", "a", "topic", "b", "urgency", "high"));
    builder.add(2, Map.of("text", "a", "topic", "b", "urgency", 1));
    builder.addFault(3, "topic", "topic: found 4 bytes, expected text. Maybe decode it.");

    assertThatThrownBy(builder::build)
        .isInstanceOf(DatasetFormatException.class)
        .hasMessageStartingWith("data.parquet, row 1: urgency: ")
        .hasMessageContaining("\nrow 3: topic: found 4 bytes");
  }

  @Test
  void readsNumbersOfClassesAsTheirNames() {
    var builder =
        DatasetBuilder.of("labels", SIGNATURE, Columns.asNamed().labelsOptional())
            .classNames("topic", List.of("login", "delivery"));
    builder.add(1, Map.of("text", "a", "topic", 1, "urgency", 2));
    builder.add(2, Json.object().put("text", "b").put("topic", -1).putNull("urgency"));

    assertThat(builder.build().get(0).expected()).isEqualTo(new Label("delivery", 2));
    assertThat(builder.build().get(1).hasLabel()).isFalse();

    builder.add(3, Map.of("text", "c", "topic", 2, "urgency", 2));
    assertThatThrownBy(builder::build)
        .hasMessageStartingWith(
            "labels, line 3: topic: found 2, expected the number of one of the 2 names login, delivery.");
  }

  @Test
  void refusesAFileWithoutRows() {
    var builder = DatasetBuilder.of("empty.xml", SIGNATURE, Columns.asNamed());

    assertThatThrownBy(builder::build)
        .hasMessage(
            "empty.xml: the file holds no examples. Maybe it was cut off, or is another file.");
  }
}
