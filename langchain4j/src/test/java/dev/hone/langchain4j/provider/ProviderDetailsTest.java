package dev.hone.langchain4j.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hone.json.Json;
import dev.hone.langchain4j.LangChain4jModel;
import dev.hone.langchain4j.OpenAiModels;
import dev.hone.langchain4j.gemini.GeminiModels;
import dev.hone.langchain4j.provider.JsonServer.Answer;
import dev.hone.lm.Capabilities;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.ModelProvider;
import dev.hone.lm.ModelSpec;
import dev.hone.lm.ToolSpec;
import dev.hone.price.PriceTable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is particular to a provider. */
class ProviderDetailsTest {
  private static final LmRequest REQUEST = LmRequest.of(LmMessage.user("3+3?"));

  private final JsonServer server = new JsonServer();

  @AfterEach
  void close() {
    server.close();
  }

  private LanguageModel model(WireFormat format) {
    return ModelSpec.parse(format.model, format.environment(server.url())).create();
  }

  @Test
  void geminiTellsTheWaitInTheBody() {
    server.then(
        new Answer(
            429,
            Map.of(),
            "{\"error\":{\"code\":429,\"message\":\"quota per minute\",\"status\":"
                + "\"RESOURCE_EXHAUSTED\",\"details\":[{\"@type\":\"type.googleapis.com/"
                + "google.rpc.RetryInfo\",\"retryDelay\":\"34.5s\"}]}}"));

    LmException.Retriable error =
        catchThrowableOfType(
            LmException.Retriable.class, () -> model(WireFormat.GEMINI).call(REQUEST));

    assertThat(error.retryAfter()).contains(Duration.ofMillis(34_500));
  }

  @Test
  void geminiBlocksAPrompt() {
    server.then("{\"promptFeedback\":{\"blockReason\":\"SAFETY\"}}");

    assertThatThrownBy(() -> model(WireFormat.GEMINI).call(REQUEST))
        .isInstanceOf(LmException.ContentRefused.class)
        .hasMessageContaining("SAFETY");
  }

  @Test
  void geminiWithholdsAReply() {
    server.then("{\"candidates\":[{\"finishReason\":\"SAFETY\",\"index\":0}]}");

    assertThatThrownBy(() -> model(WireFormat.GEMINI).call(REQUEST))
        .isInstanceOf(LmException.ContentRefused.class);
  }

  @Test
  void geminiShowsItsThoughtsBesideTheReply() {
    server.then(
        "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"three twice\","
            + "\"thought\":true},{\"text\":\"six\"}]},\"finishReason\":\"STOP\"}]}");

    LmResponse reply = model(WireFormat.GEMINI).call(REQUEST);

    assertThat(reply.text()).isEqualTo("six");
    assertThat(reply.reasoning()).isEqualTo("three twice");
    assertThat(server.last().body().toString()).contains("\"includeThoughts\":true");
  }

  @Test
  void anthropicHasALimitAndTakesNoTemperatureAboveOne() {
    server.then(WireFormat.ANTHROPIC.text("six"));

    model(WireFormat.ANTHROPIC)
        .call(REQUEST.withOptions(LmOptions.builder().temperature(1.4).build()));

    JsonNode body = server.last().body();
    assertThat(body.path("max_tokens").asInt(0)).isEqualTo(4_096);
    assertThat(body.path("temperature").asDouble(0)).isEqualTo(1.0);
  }

  @Test
  void anthropicThinksBesideTheReply() {
    server.then(
        "{\"id\":\"m\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"c\",\"content\":"
            + "[{\"type\":\"thinking\",\"thinking\":\"three twice\",\"signature\":\"s1\"},"
            + "{\"type\":\"text\",\"text\":\"six\"}],\"stop_reason\":\"end_turn\",\"usage\":"
            + "{\"input_tokens\":1,\"output_tokens\":1}}");

    LmResponse reply = model(WireFormat.ANTHROPIC).call(REQUEST);

    assertThat(reply.reasoning()).isEqualTo("three twice");
    assertThat(reply.text()).isEqualTo("six");
  }

  @Test
  void ollamaSaysItsErrorsAsTexts() {
    server.then(new Answer(404, Map.of(), "{\"error\":\"model 'llama3.1' not found\"}"));

    assertThatThrownBy(() -> model(WireFormat.OLLAMA).call(REQUEST))
        .isInstanceOf(LmException.InvalidRequest.class)
        .hasMessageContaining("model 'llama3.1' not found")
        .hasMessageNotContaining("{");
  }

  @Test
  void ollamaIsFoundByAHostWithoutAScheme() {
    server.then(WireFormat.OLLAMA.text("six"));
    String host = server.url().replace("http://127.0.0.1", "0.0.0.0");

    LanguageModel model = ModelSpec.parse("ollama:tiny", Map.of("OLLAMA_HOST", host)).create();

    assertThat(model.call(REQUEST).text()).isEqualTo("six");
    assertThat(model.holdsCredentials()).isFalse();
    assertThat(server.last().header("Authorization")).isEmpty();
  }

  @Test
  void anOpenAiModelThatInsistsIsAskedWithTheOtherNameOfTheLimit() {
    server
        .then(
            new Answer(
                400,
                Map.of(),
                "{\"error\":{\"message\":\"Unsupported parameter: 'max_tokens' is not supported"
                    + " with this model. Use 'max_completion_tokens' instead.\",\"param\":"
                    + "\"max_tokens\",\"code\":\"unsupported_parameter\"}}"))
        .then(WireFormat.OPENAI.text("six"));
    LmRequest limited = REQUEST.withOptions(LmOptions.builder().maxTokens(7).build());
    LanguageModel model = OpenAiModels.openAiCompatible("o9", server.url() + "/v1", null);

    assertThat(model.call(limited).text()).isEqualTo("six");

    assertThat(server.asked().get(0).body().path("max_tokens").asInt(0)).isEqualTo(7);
    assertThat(server.asked().get(1).body().has("max_tokens")).isFalse();
    assertThat(server.asked().get(1).body().path("max_completion_tokens").asInt(0)).isEqualTo(7);
  }

  @Test
  void aModelThatIsKnownToTakeNoTemperatureIsNeverSentOne() {
    server.then(WireFormat.OPENAI.text("six"));
    Map<String, String> environment = WireFormat.OPENAI.environment(server.url());

    ModelSpec.parse("openai:o3-mini", environment)
        .create()
        .call(REQUEST.withOptions(LmOptions.builder().temperature(0.3).build()));

    assertThat(server.asked()).hasSize(1);
    assertThat(server.last().body().has("temperature")).isFalse();
  }

  @Test
  void aSchemaWithReferencesReachesGemini() {
    server.then(WireFormat.GEMINI.text("six"));
    ObjectNode schema =
        (ObjectNode)
            Json.parse(
                "{\"type\":\"object\",\"properties\":{\"from\":{\"$ref\":\"#/$defs/P\"},\"n\":"
                    + "{\"type\":[\"integer\",\"null\"],\"minimum\":1}},\"required\":[\"from\"],"
                    + "\"$defs\":{\"P\":{\"type\":\"object\",\"properties\":{\"zip\":{\"type\":"
                    + "\"string\"}},\"required\":[\"zip\"]}}}");

    model(WireFormat.GEMINI)
        .call(REQUEST.toBuilder().tools(List.of(ToolSpec.of("move", "", schema))).build());

    JsonNode sent = WireFormat.GEMINI.toolIn(server.last().body()).path("properties");
    assertThat(sent.path("from").path("properties").has("zip")).isTrue();
    assertThat(sent.path("n").toString()).contains("minimum");
  }

  @Test
  void findsOutByAskingWhatAModelOffersAndAsksOnce() {
    server
        .then(WireFormat.OPENAI.text("{\\\"ok\\\": true}"))
        .then(WireFormat.OPENAI.toolCall())
        .then(new Answer(400, Map.of(), "{\"error\":{\"message\":\"no images here\"}}"));
    LangChain4jModel model = OpenAiModels.openAiCompatible("tiny", server.url() + "/v1", null);

    Capabilities found = model.probed().capabilities();

    assertThat(found.jsonSchema()).isTrue();
    assertThat(found.toolCalls()).isTrue();
    assertThat(found.images()).isFalse();
    assertThat(model.probed().capabilities()).isEqualTo(found);
    assertThat(server.asked())
        .hasSize(3)
        .allSatisfy(asked -> assertThat(asked.body().toString()).contains("\":500"));
  }

  @Test
  void aModelOffersImagesIfItNamesTheColorOfOne() {
    String blind = WireFormat.OPENAI.text("I see no square.");
    String seeing = WireFormat.OPENAI.text("It is Yellow.");
    server.then(blind).then(blind).then(blind).then(blind).then(blind).then(seeing);
    LangChain4jModel dropping = OpenAiModels.openAiCompatible("blind", server.url() + "/v1", null);
    LangChain4jModel looking =
        OpenAiModels.openAiCompatible("seeing", server.url() + "/v1", null)
            .withCapabilities(Capabilities.TEXT);

    assertThat(dropping.capabilities().images()).isTrue();
    assertThat(dropping.probed().capabilities().images()).isFalse();
    assertThat(looking.probed().capabilities().images()).isTrue();
    assertThat(server.last().body().toString())
        .contains("Which color", "data:image/png;base64,iVBOR")
        .doesNotContainIgnoringCase("yellow");
  }

  @Test
  void aReplyThatWasCutOffLeavesWhatTheModelSays() {
    Answer cut =
        new Answer(
            200,
            Map.of(),
            "{\"choices\":[{\"message\":{\"content\":\"{ { {\"},\"finish_reason\":\"length\"}]}");
    for (int call = 0; call < 6; call++) {
      server.then(cut);
    }
    LangChain4jModel said = OpenAiModels.openAiCompatible("cut", server.url() + "/v1", null);
    LangChain4jModel saysNo =
        OpenAiModels.openAiCompatible("cut-too", server.url() + "/v1", null)
            .withCapabilities(Capabilities.TEXT);

    assertThat(said.capabilities().jsonSchema()).isTrue();
    assertThat(said.probed().capabilities().jsonSchema()).isTrue();
    assertThat(said.probed().capabilities().images()).isTrue();
    assertThat(saysNo.probed().capabilities().jsonSchema()).isFalse();
    assertThat(saysNo.probed().capabilities().toolCalls()).isFalse();
    assertThat(saysNo.probed().capabilities().images()).isFalse();
  }

  @Test
  void everyProviderSaysWhatItIsAndHowToGetIt() {
    assertThat(ModelProvider.installed())
        .extracting(ModelProvider::name)
        .containsExactly(
            "anthropic",
            "azure-openai",
            "bedrock",
            "gemini",
            "mistral",
            "ollama",
            "openai",
            "openai-compatible");
    assertThat(ModelProvider.installed())
        .allSatisfy(
            provider -> {
              assertThat(provider.description()).startsWith("Models ").doesNotEndWith(".");
              assertThat(provider.howToGet()).contains(provider.example(""));
              assertThat(provider.variables()).isNotEmpty();
            });
    assertThat(ModelProvider.notInstalled()).containsEntry("embedded", "hone-local");
    assertThat(
            ModelSpec.parse("gemini:gemini-2.5-pro", Map.of()).provider().offers("gemini-2.5-pro"))
        .hasValueSatisfying(offered -> assertThat(offered.contextTokens()).hasValue(1_048_576));
  }

  @Test
  void everyPriceIsThatOfAModelAsItIsMadeByName() {
    Map<String, String> keys =
        Map.of("OPENAI_API_KEY", "k", "ANTHROPIC_API_KEY", "k", "GEMINI_API_KEY", "k");
    List<String> remote =
        PriceTable.shipped().byModel().keySet().stream()
            .filter(id -> !id.startsWith("embedded:"))
            .toList();

    assertThat(remote)
        .allSatisfy(id -> assertThat(ModelSpec.parse(id, keys).create().id()).isEqualTo(id));
    assertThat(remote)
        .extracting(id -> id.substring(0, id.indexOf(':')))
        .contains("openai", "anthropic", "gemini");
    assertThat(PriceTable.shipped().of(GeminiModels.of("gemini-2.5-flash", "k", null))).isPresent();
  }

  @Test
  void geminisKeyHasTwoNames() {
    ModelProvider gemini = ModelSpec.parse("gemini:x", Map.of()).provider();

    assertThat(gemini.unsetVariables(Map.of())).hasSize(1);
    assertThat(gemini.unsetVariables(Map.of("GOOGLE_API_KEY", "k"))).isEmpty();
  }
}
