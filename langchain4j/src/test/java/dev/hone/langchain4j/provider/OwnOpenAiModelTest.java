package dev.hone.langchain4j.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.json.Json;
import dev.hone.langchain4j.LangChain4jModel;
import dev.hone.langchain4j.provider.JsonServer.Answer;
import dev.hone.lm.Capabilities;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.lm.ResponseFormat;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel.OpenAiChatModelBuilder;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** LangChain4j's chat model of OpenAI as an application has built it, over real HTTP. */
class OwnOpenAiModelTest {
  private static final Answer REFUSAL =
      new Answer(
          400,
          Map.of(),
          "{\"error\":{\"message\":\"Unsupported parameter: 'max_tokens' is not supported with this"
              + " model. Use 'max_completion_tokens' instead.\",\"param\":\"max_tokens\",\"code\":"
              + "\"unsupported_parameter\"}}");
  private static final LmRequest LIMITED =
      LmRequest.of(LmMessage.user("3+3?")).withOptions(LmOptions.builder().maxTokens(250).build());

  private final JsonServer server = new JsonServer();

  @AfterEach
  void close() {
    server.close();
  }

  private OpenAiChatModelBuilder chat(String name) {
    return OpenAiChatModel.builder()
        .baseUrl(server.url() + "/v1")
        .apiKey("none")
        .modelName(name)
        .maxRetries(0);
  }

  private static void assertNewLimitOnly(JsonNode body) {
    assertThat(body.path("max_completion_tokens").asInt(0)).isEqualTo(250);
    assertThat(body.has("max_tokens")).isFalse();
  }

  @Test
  void isAskedWithTheOtherNameOfTheLimitOnceItsFirstWasRefused() {
    server.then(REFUSAL).then(WireFormat.OPENAI.text("six"));
    LangChain4jModel model = LangChain4jModel.of(chat("o9").build(), "openai:o9");

    assertThat(model.call(LIMITED).text()).isEqualTo("six");
    assertThat(model.call(LIMITED).text()).isEqualTo("six");

    assertThat(server.asked()).as("refused, again, at once").hasSize(3);
    assertThat(server.asked().get(0).body().path("max_tokens").asInt(0)).isEqualTo(250);
    assertNewLimitOnly(server.asked().get(1).body());
    assertNewLimitOnly(server.asked().get(2).body());
  }

  @Test
  void isAskedWithTheNewLimitAtOnceWhereItIsKnownToInsist() {
    server.then(WireFormat.OPENAI.text("six"));

    LangChain4jModel.of(chat("gpt-5").build(), "openai:gpt-5").call(LIMITED);
    LangChain4jModel.of(chat("mine").maxCompletionTokens(900).build(), "openai:mine").call(LIMITED);

    assertThat(server.asked()).hasSize(2);
    assertThat(server.asked()).allSatisfy(asked -> assertNewLimitOnly(asked.body()));
  }

  @Test
  void isProbedAlthoughItRefusesTheLimit() {
    server
        .then(REFUSAL)
        .then(WireFormat.OPENAI.text("{\\\"ok\\\": true}"))
        .then(WireFormat.OPENAI.toolCall())
        .then(WireFormat.OPENAI.text("Yellow."));

    Capabilities found =
        LangChain4jModel.of(chat("o9").build(), "openai:o9-probed").probed().capabilities();

    assertThat(found.jsonSchema()).isTrue();
    assertThat(found.toolCalls()).isTrue();
    assertThat(found.images()).isTrue();
  }

  @Test
  void isBoundToASchemaAsStrictModeTakesIt() {
    server.then(WireFormat.OPENAI.text("{}"));
    LangChain4jModel model =
        LangChain4jModel.of(chat("gpt-4o").strictJsonSchema(true).build(), "openai:own");
    ObjectNode sized =
        (ObjectNode)
            Json.parse(
                "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\","
                    + "\"minLength\":3}},\"required\":[\"city\"],\"additionalProperties\":false}");

    model.call(LIMITED.toBuilder().format(ResponseFormat.jsonSchema("weather", sized)).build());

    JsonNode sent = WireFormat.OPENAI.schemaIn(server.last().body());
    assertThat(sent.path("properties").path("city").has("minLength")).isFalse();
    assertThat(sent.path("required")).hasSize(1);
  }
}
