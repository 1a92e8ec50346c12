package dev.hone.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.coerce.JsonSchema;
import dev.hone.context.Context;
import dev.hone.json.Json;
import dev.hone.lm.Capabilities;
import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmResponse.StopReason;
import dev.hone.lm.LmUsage;
import dev.hone.lm.ModelIdentity;
import dev.hone.lm.ResponseFormat;
import dev.hone.pipeline.LmPipeline;
import dev.hone.signature.Signature;
import dev.hone.testkit.OpenAiStubServer;
import dev.hone.testkit.ScriptedModel;
import dev.langchain4j.model.chat.ChatModel;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class OpenAiModelsTest {
  private static final LmUsage USAGE = LmUsage.of(12, 3).toBuilder().cachedPromptTokens(8).build();
  private static final LmRequest REQUEST =
      LmRequest.of(
          LmMessage.system("Be brief."),
          LmMessage.user("2+2?"),
          LmMessage.assistant("4"),
          LmMessage.user("3+3?"));

  private final ScriptedModel brain =
      ScriptedModel.replying(
          request ->
              LmResponse.builder()
                  .text("re: " + request.messages().get(request.messages().size() - 1).text())
                  .stopReason(StopReason.OTHER)
                  .usage(USAGE)
                  .modelId("brain")
                  .build());
  private final OpenAiStubServer server = new OpenAiStubServer(brain);

  @AfterEach
  void close() {
    server.close();
  }

  private LangChain4jModel compatible() {
    return OpenAiModels.openAiCompatible("tiny", server.baseUrl(), null);
  }

  private LangChain4jModel openAi() {
    return OpenAiModels.openAi("gpt-x", " sk-secret-123456 \n", server.baseUrl());
  }

  @Test
  void givesTheReplyWithItsUsageAndReason() {
    LmResponse response = compatible().call(REQUEST);

    assertThat(response)
        .isEqualTo(
            LmResponse.builder()
                .text("re: 3+3?")
                .stopReason(StopReason.OTHER)
                .usage(USAGE)
                .modelId("tiny")
                .build());
  }

  @Test
  void sendsTheMessagesAsTheyAre() {
    compatible().call(REQUEST);

    assertThat(brain.requests().get(0).messages()).isEqualTo(REQUEST.messages());
  }

  @Test
  void sendsNoTemperatureToAModelThatTakesNoneUnlessToldThatItDoes() {
    LangChain4jModel model = OpenAiModels.openAi("gpt-5", "sk-secret-123456", server.baseUrl());
    LmRequest warm = REQUEST.withOptions(LmOptions.builder().temperature(0.5).build());

    model.call(warm);
    model.withCapabilities(Capabilities.builder().temperature(true).build()).call(warm);
    compatible().withCapabilities(Capabilities.builder().temperature(false).build()).call(warm);

    assertThat(server.bodies())
        .extracting(body -> body.path("temperature").asDouble(-1))
        .containsExactly(-1.0, 0.5, -1.0);
  }

  @Test
  void sendsWhatIsSetAndNothingElse() {
    LmOptions options =
        LmOptions.builder()
            .temperature(0.5)
            .maxTokens(77)
            .topP(0.9)
            .stop("END")
            .rolloutId(3)
            .build();

    compatible().call(REQUEST);
    compatible().call(REQUEST.withOptions(options));

    assertThat(server.bodies().get(0).propertyNames())
        .containsExactlyInAnyOrder("model", "messages", "stream");
    assertThat(server.bodies().get(1).path("max_tokens").asInt()).isEqualTo(77);
    assertThat(brain.requests().get(1).options()).isEqualTo(options.withRolloutId(0));
    assertThat(server.authorizations()).containsExactly("", "");
  }

  @Test
  void tellsOpenAiTheLimitOnTokensByItsNewName() {
    openAi().call(REQUEST.withOptions(LmOptions.defaults().withMaxTokens(77)));

    ObjectNode body = server.bodies().get(0);
    assertThat(body.path("max_completion_tokens").asInt()).isEqualTo(77);
    assertThat(body.has("max_tokens")).isFalse();
  }

  @Test
  void sendsTheSchemaUnchangedAndStrict() {
    ObjectNode schema =
        (ObjectNode)
            Json.parse(
                """
                {"type": "object", "properties": {"zeta": {"type": "string"},
                 "alpha": {"type": ["integer", "null"]}}, "required": ["zeta", "alpha"],
                 "additionalProperties": false}\
                """);

    openAi().call(inJson(schema));

    ObjectNode format = (ObjectNode) server.bodies().get(0).path("response_format");
    assertThat(format.at("/json_schema/strict").asBoolean()).isTrue();
    assertThat(format.at("/json_schema/name").asString()).isEqualTo("verdict");
    assertThat(Json.write(format.at("/json_schema/schema"))).isEqualTo(Json.write(schema));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dict[str, int]", "json", "list[json]?"})
  void asksForAnyJsonObjectWhereOpenAiRefusesTheSchema(String type) {
    openAi().call(inJson(schema("x: " + type)));

    assertThat(Json.write(server.bodies().get(0).path("response_format")))
        .isEqualTo("{\"type\":\"json_object\"}");
  }

  @Test
  void bindsToTheSchemaWithoutTheSizesOfTextsWhichOpenAiRefuses() {
    ObjectNode schema = schema("x: str, when: date");
    ObjectNode sized = schema.deepCopy();
    ((ObjectNode) sized.at("/properties/x")).put("minLength", 3).put("maxLength", 9);

    openAi().call(inJson(sized));

    assertThat(server.bodies().get(0).at("/response_format/json_schema/schema")).isEqualTo(schema);
  }

  private static ObjectNode schema(String outputs) {
    return JsonSchema.of(Signature.parse("text -> " + outputs).outputFields());
  }

  private static LmRequest inJson(ObjectNode schema) {
    return REQUEST.toBuilder().format(ResponseFormat.jsonSchema("verdict", schema)).build();
  }

  @Test
  void namesItselfAndSaysWhatItOffers() {
    assertThat(openAi().id()).isEqualTo("openai:gpt-x");
    assertThat(openAi().capabilities())
        .isEqualTo(
            Capabilities.builder()
                .jsonSchema(true)
                .toolCalls(true)
                .images(true)
                .files("application/pdf")
                .build());
    assertThat(compatible().id()).isEqualTo("openai-compatible:tiny@" + server.baseUrl());
    assertThat(compatible().capabilities())
        .isEqualTo(
            Capabilities.builder()
                .jsonSchema(true)
                .images(true)
                .files("application/pdf", "audio/*", "video/*")
                .build());
    assertThat(compatible().withCapabilities(Capabilities.TEXT).capabilities())
        .isEqualTo(Capabilities.TEXT);
  }

  @Test
  void sendsTheKeyAndShowsItNowhere() {
    LangChain4jModel model = openAi();
    server.requireApiKey("sk-secret-123456");

    model.call(REQUEST);

    assertThat(server.authorizations()).containsExactly("Bearer sk-secret-123456");
    assertThat(model.holdsCredentials()).isTrue();
    assertThat(model.toString() + model.id()).doesNotContain("secret");
    assertThat(LmPipeline.of(model).toString()).doesNotContain("secret");
    assertThat(compatible().holdsCredentials()).isFalse();
  }

  @Test
  void isTheSameModelWithTheSameIdServerKeyAndOffersOnly() {
    ModelIdentity one = compatible().identity().orElseThrow();

    assertThat(compatible().identity()).contains(one);
    assertThat(OpenAiModels.openAiCompatible("tiny", server.baseUrl(), "k-hunter2").identity())
        .isPresent()
        .isNotEqualTo(compatible().identity())
        .isEqualTo(OpenAiModels.openAiCompatible("tiny", server.baseUrl(), "k-hunter2").identity());
    assertThat(OpenAiModels.openAiCompatible("tiny", server.baseUrl(), "k-other").identity())
        .isNotEqualTo(
            OpenAiModels.openAiCompatible("tiny", server.baseUrl(), "k-hunter2").identity());
    assertThat(compatible().withCapabilities(Capabilities.TEXT).identity())
        .isNotEqualTo(compatible().identity());
    assertThat(
            OpenAiModels.openAiCompatible("tiny", server.baseUrl(), null, Duration.ofSeconds(1))
                .identity())
        .isNotEqualTo(compatible().identity());
    assertThat(openAi().identity().orElseThrow().toString()).doesNotContain("secret");
    assertThat(LangChain4jModel.of(new ChatModel() {}, "v:m").identity()).isEmpty();
  }

  @Test
  void saysWhichVariableTheKeyBelongsInto() {
    assertThatThrownBy(() -> OpenAiModels.openAi("gpt-x", null, server.baseUrl()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("OPENAI_API_KEY is not set")
        .hasMessageContaining("Maybe");
  }

  @Test
  void refusesAKeyOfTwoLinesWithoutShowingIt() {
    String key = "sk-hunter2\nsecond";

    assertThatThrownBy(() -> OpenAiModels.openAi("x", key, server.baseUrl()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("OPENAI_API_KEY holds a line break")
        .hasMessageNotContainingAny("hunter2", "second");
    assertThatThrownBy(() -> OpenAiModels.openAiCompatible("x", server.baseUrl(), key))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("The API key holds a line break")
        .hasMessageNotContainingAny("hunter2", "second");
  }

  @Test
  void takesTheUrlWithAndWithoutItsEnd() {
    for (String end : List.of("", "/", "/chat/completions", "/chat/completions/")) {
      LangChain4jModel model = OpenAiModels.openAiCompatible("tiny", server.baseUrl() + end, "");

      assertThat(model.call(REQUEST).text()).isEqualTo("re: 3+3?");
      assertThat(model.id()).isEqualTo(compatible().id());
    }
  }

  @Test
  void refusesWhatIsNoUrlAndWhatHoldsACredential() {
    for (String url : List.of("ftp://host/v1", "http:///v1", "http://not a url", "", " ")) {
      assertThatThrownBy(() -> OpenAiModels.openAiCompatible("tiny", url, null))
          .as(url)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("Maybe use http://localhost:11434/v1");
    }
    assertThatThrownBy(
            () -> OpenAiModels.openAiCompatible("tiny", "http://me:hunter2@host/v1", null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("holds a user")
        .hasMessageNotContaining("hunter2");
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:8080, http://localhost:8080/v1",
    "127.0.0.1:8080/v1/, http://127.0.0.1:8080/v1",
    "llm.example.com/api, https://llm.example.com/api"
  })
  void completesAUrlWithoutScheme(String url, String meant) {
    assertThatThrownBy(() -> OpenAiModels.openAiCompatible("tiny", url, null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("does not begin with http:// or https://. Maybe use " + meant + ".");
    assertThatThrownBy(() -> OpenAiModels.openAiCompatible("tiny", "me:hunter2@" + url, null))
        .hasMessageNotContaining("hunter2");
  }

  @Test
  @SuppressWarnings("NullAway") // what a caller without null checks may pass
  void saysThatAModelOrAUrlIsMissing() {
    assertThatThrownBy(() -> OpenAiModels.openAiCompatible(" ", server.baseUrl(), null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("The model's name is blank. Maybe use llama3.2.");
    assertThatThrownBy(() -> OpenAiModels.openAiCompatible(null, server.baseUrl(), null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("The model's name is null. Maybe use llama3.2.");
    assertThatThrownBy(() -> OpenAiModels.openAiCompatible("tiny", null, null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("The base URL is null. Maybe use http://localhost:11434/v1.");
    assertThatThrownBy(() -> OpenAiModels.openAi(null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("The model's name is null. Maybe use gpt-4o-mini.");
  }

  @Test
  void callsOnceAFailureAndLeavesRetriesToThePipeline() {
    server.failNext(500, Map.of(), "down");

    assertThatThrownBy(() -> compatible().call(REQUEST))
        .isInstanceOf(LmException.Unavailable.class);

    assertThat(server.bodies()).hasSize(1);
  }

  @Test
  void retriesInThePipelineAfterTheWaitThatTheServerAsksFor() {
    server.failNext(429, Map.of("retry-after-ms", "60"), "slow down");
    Context context = Context.builder().lm(compatible()).build();

    long start = System.nanoTime();
    LmResponse response = context.callModel(REQUEST);
    Duration took = Duration.ofNanos(System.nanoTime() - start);

    assertThat(response.text()).isEqualTo("re: 3+3?");
    assertThat(took).isGreaterThanOrEqualTo(Duration.ofMillis(60));
    assertThat(server.bodies()).hasSize(2);
    assertThat(context.callModel(REQUEST).cached()).isTrue();
  }

  @Test
  void answersHundredsOfCallsAtOnce() {
    server.delay(Duration.ofMillis(50));
    LmPipeline pipeline = LmPipeline.builder(compatible()).maxInFlight(100).build();
    Context context = Context.builder().lm(pipeline).build();

    List<String> texts =
        context.call(
            () ->
                context
                    .workers()
                    .map(
                        IntStream.range(0, 300).boxed().toList(),
                        i -> context.callModel(LmRequest.of(LmMessage.user("q" + i))).text()));

    assertThat(new HashSet<>(texts)).hasSize(300);
    assertThat(texts.get(299)).isEqualTo("re: q299");
  }
}
