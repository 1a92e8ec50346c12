package dev.hone.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.adapter.Adapter;
import dev.hone.json.Json;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class PromptExportTest {
  private final PortableProgram hop = PortableProgram.of("hop", Samples.hop());

  @Test
  void theTextHasAPlaceForEachInputAndTheDemos() {
    String text = PromptExport.text(hop, Adapter.chat());

    assertThat(text)
        .contains("=== rewrite ===", "=== answer.predict ===", "Write a query.")
        .contains("[[ ## question ## ]]\n{{question}}", "[[ ## query ## ]]\n{{query}}")
        .contains("--- assistant ---\n[[ ## query ## ]]\na {{b}}");
  }

  @Test
  void messagesHaveTheSchemaWhereTheAdapterHasOne() {
    JsonNode chat = PromptExport.messages(hop.only("rewrite"), Adapter.chat());
    JsonNode json = PromptExport.messages(hop.only("rewrite"), Adapter.json());

    assertThat(chat.has("response_format")).isFalse();
    assertThat(chat.path("messages")).hasSize(6);
    assertThat(
            json.path("response_format")
                .path("json_schema")
                .path("schema")
                .path("properties")
                .has("query"))
        .isTrue();
    assertThat(json.path("messages").path(5).path("role").asString()).isEqualTo("user");
    assertThat(json.path("messages").path(5).path("content").asString()).contains("{{question}}");
  }

  @Test
  void messagesForAnInputAreThoseThatAreSent() {
    PortablePredictor rewrite = hop.only("rewrite").predictors().get(0);

    JsonNode messages =
        PromptExport.messages(rewrite, Samples.json("{\"question\":\"Who?\"}")).path("messages");

    assertThat(messages.path(5).path("content").asString()).contains("\nWho?\n");
  }

  @Test
  void aFileIsReadWithoutItsClassAndGivesTheSame(@TempDir Path folder) {
    Path file = folder.resolve("hop.program.json");
    Samples.hop().save(file);

    PortableProgram read = PortableProgram.read(file);

    assertThat(read.name()).isEqualTo("hop");
    assertThat(PromptExport.text(read, Adapter.json()))
        .isEqualTo(PromptExport.text(hop, Adapter.json()));
    assertThat(Json.write(PromptExport.messages(read, Adapter.chat())))
        .isEqualTo(Json.write(PromptExport.messages(hop, Adapter.chat())));
  }

  @Test
  void placesForInputsOfAllTypesAreTexts() {
    String text = PromptExport.text(PortableProgram.of("orders", Samples.routing()), Adapter.xml());

    assertThat(text).contains("{{count}}", "{{items}}", "{{due}}", "{{flags}}");
  }

  @Test
  void aPredictorThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> hop.only("rewrit"))
        .hasMessageContaining("\"rewrit\"")
        .hasMessageContaining("Maybe it is to be \"rewrite\"");
  }
}
