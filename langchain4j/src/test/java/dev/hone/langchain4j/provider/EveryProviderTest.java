package dev.hone.langchain4j.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hone.InvalidInputException;
import dev.hone.json.Json;
import dev.hone.langchain4j.provider.JsonServer.Answer;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmMessage.Role;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmResponse.StopReason;
import dev.hone.lm.MessagePart;
import dev.hone.lm.ModelSpec;
import dev.hone.lm.ResponseFormat;
import dev.hone.lm.ToolSpec;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What holds for the models of every provider, by its wire format over real HTTP. */
class EveryProviderTest {
  private static final LmRequest REQUEST =
      LmRequest.of(
          LmMessage.system("Be brief."),
          LmMessage.user("2+2?"),
          LmMessage.assistant("4"),
          LmMessage.user("3+3?"));

  private static final ObjectNode SCHEMA =
      (ObjectNode)
          Json.parse(
              "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\",\"enum\":"
                  + "[\"Rome\",\"Paris\"]},\"days\":{\"type\":\"array\",\"items\":{\"type\":"
                  + "\"integer\"}}},\"required\":[\"city\",\"days\"],"
                  + "\"additionalProperties\":false}");

  private final JsonServer server = new JsonServer();

  @AfterEach
  void close() {
    server.close();
  }

  private LanguageModel model(WireFormat format) {
    return ModelSpec.parse(format.model, format.environment(server.url())).create();
  }

  @ParameterizedTest
  @EnumSource(WireFormat.class)
  void answersWithTextReasonAndTokens(WireFormat format) {
    server.then(format.text("six"));

    LmResponse reply = model(format).call(REQUEST);

    assertThat(reply.text()).isEqualTo("six");
    assertThat(reply.stopReason()).isEqualTo(StopReason.STOP);
    assertThat(reply.usage().known()).isTrue();
    assertThat(reply.usage().promptTokens()).isEqualTo(12);
    assertThat(reply.usage().completionTokens()).isEqualTo(3);
    boolean tells = format != WireFormat.OLLAMA && format != WireFormat.MISTRAL;
    assertThat(reply.usage().cachedPromptTokens()).isEqualTo(tells ? 8 : 0);
    assertThat(model(format).id()).isEqualTo(format.model);
  }

  @ParameterizedTest
  @EnumSource(WireFormat.class)
  void asksAtTheRightPlaceWithTheKeyInItsHeaderOnly(WireFormat format) {
    server.then(format.text("six"));

    LanguageModel model = model(format);
    model.call(REQUEST);

    JsonServer.Asked asked = server.last();
    assertThat(asked.path()).isEqualTo(format.path);
    assertThat(asked.header(format.keyHeader)).contains(WireFormat.KEY);
    assertThat(asked.body().toString()).contains("3+3?", "Be brief.").doesNotContain("hunter2");
    assertThat(model.toString() + model.identity()).doesNotContain("hunter2");
    assertThat(model.holdsCredentials()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(WireFormat.class)
  void sendsTheOptions(WireFormat format) {
    server.then(format.text("six"));

    model(format)
        .call(
            REQUEST.withOptions(
                LmOptions.builder().temperature(0.25).topP(0.5).maxTokens(77).stop("END").build()));

    String sent = server.last().body().toString();
    assertThat(sent).contains("0.25", "0.5", "77", "END");
  }

  @ParameterizedTest
  @EnumSource(WireFormat.class)
  void saysThatAReplyIsCutOff(WireFormat format) {
    server.then(format.cutOff("si"));

    assertThat(model(format).call(REQUEST).stopReason()).isEqualTo(StopReason.LENGTH);
  }

  @ParameterizedTest
  @EnumSource(value = WireFormat.class, mode = EnumSource.Mode.EXCLUDE, names = "BEDROCK")
  void bindsTheReplyToTheSchemaAsItIs(WireFormat format) {
    server.then(format.text("{}"));
    LanguageModel model = model(format);

    model.call(REQUEST.toBuilder().format(ResponseFormat.jsonSchema("weather", SCHEMA)).build());

    assertThat(model.capabilities().jsonSchema()).isTrue();
    assertThat(format.schemaIn(server.last().body())).isEqualTo(SCHEMA);
  }

  @ParameterizedTest
  @EnumSource(WireFormat.class)
  void offersToolsAndReadsTheirCalls(WireFormat format) {
    server.then(format.toolCall());
    LanguageModel model = model(format);

    LmResponse reply =
        model.call(
            REQUEST.toBuilder()
                .tools(List.of(ToolSpec.of("weather", "Tells it.", SCHEMA)))
                .build());

    assertThat(model.capabilities().toolCalls()).isTrue();
    JsonNode sent = format.toolIn(server.last().body());
    assertThat(sent.path("properties").path("city").path("enum").size()).isEqualTo(2);
    assertThat(sent.path("properties").path("days").path("items").path("type").asString(""))
        .isEqualToIgnoringCase("integer");
    assertThat(sent.path("required")).hasSize(2);
    assertThat(reply.parts())
        .filteredOn(MessagePart.ToolCall.class::isInstance)
        .singleElement()
        .satisfies(
            part -> {
              MessagePart.ToolCall call = (MessagePart.ToolCall) part;
              assertThat(call.name()).isEqualTo("weather");
              assertThat(Json.parse(call.arguments()).path("city").asString("")).isEqualTo("Rome");
            });
  }

  @ParameterizedTest
  @EnumSource(WireFormat.class)
  void sendsTheResultOfATool(WireFormat format) {
    server.then(format.text("sunny"));

    model(format)
        .call(
            REQUEST.toBuilder()
                .messages(
                    List.of(
                        LmMessage.user("How is it in Rome?"),
                        LmMessage.of(
                            Role.ASSISTANT,
                            List.of(MessagePart.toolCall("c1", "weather", "{\"city\":\"Rome\"}"))),
                        LmMessage.of(
                            Role.TOOL,
                            List.of(MessagePart.toolResult("c1", "weather", "28 degrees", false)))))
                .tools(List.of(ToolSpec.of("weather", "Tells it.", SCHEMA)))
                .build());

    assertThat(server.last().body().toString()).contains("28 degrees", "weather", "Rome");
  }

  @ParameterizedTest
  @EnumSource(value = WireFormat.class, mode = EnumSource.Mode.EXCLUDE, names = "BEDROCK")
  void sendsImages(WireFormat format) {
    server.then(format.text("a cat"));

    model(format)
        .call(
            LmRequest.of(
                LmMessage.of(
                    Role.USER,
                    List.of(
                        MessagePart.text("What is it?"),
                        MessagePart.image(new byte[] {1, 2, 3, 4, 5, 6}, "image/png")))));

    assertThat(server.last().body().toString()).contains("What is it?", "AQIDBAUG");
  }

  private static LmRequest about(MessagePart.File file) {
    return LmRequest.of(LmMessage.user(MessagePart.text("What is it?"), file));
  }

  @ParameterizedTest
  @EnumSource(
      value = WireFormat.class,
      names = {"OPENAI", "AZURE", "ANTHROPIC", "GEMINI", "MISTRAL"})
  void sendsPdfs(WireFormat format) {
    server.then(format.text("a paper"));
    LanguageModel model = model(format);

    model.call(about(MessagePart.file(new byte[] {1, 2, 3, 4, 5, 6}, "application/pdf")));

    assertThat(model.capabilities().takes("application/pdf")).isTrue();
    assertThat(server.last().body().toString())
        .contains("What is it?", "AQIDBAUG", "application/pdf");
  }

  @ParameterizedTest
  @EnumSource(
      value = WireFormat.class,
      names = {"OPENAI", "GEMINI", "MISTRAL"})
  void sendsRecordings(WireFormat format) {
    server.then(format.text("a call"));

    model(format).call(about(MessagePart.file(new byte[] {1, 2, 3, 4, 5, 6}, "audio/mpeg")));

    assertThat(server.last().body().toString()).contains("What is it?", "AQIDBAUG", "mp3");
  }

  @ParameterizedTest
  @EnumSource(
      value = WireFormat.class,
      names = {"ANTHROPIC", "OLLAMA"})
  void aRecordingThatTheProviderDoesNotKnowIsAnInvalidRequest(WireFormat format) {
    LanguageModel model = model(format);

    assertThat(model.capabilities().takes("audio/mpeg")).isFalse();
    byte[] call = {1, 2, 3, 4, 5, 6};
    Throwable error = catchThrowable(() -> model.call(about(MessagePart.file(call, "audio/mpeg"))));
    assertThat(error).isInstanceOf(LmException.InvalidRequest.class);
    StringWriter printed = new StringWriter();
    error.printStackTrace(new PrintWriter(printed));
    assertThat(printed.toString()).doesNotContain("AQIDBAUG");
    assertThat(server.asked()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(WireFormat.class)
  void keepsTheWaitThatTheProviderAsksFor(WireFormat format) {
    server.then(new Answer(429, Map.of("Retry-After", "7"), "{\"error\":{\"message\":\"slow\"}}"));

    LmException.RateLimited error =
        catchThrowableOfType(LmException.RateLimited.class, () -> model(format).call(REQUEST));

    assertThat(error.retryAfter()).contains(Duration.ofSeconds(7));
    assertThat(server.asked()).as("no retries below the pipeline").hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(WireFormat.class)
  void mapsFailuresToTheirTypesAndShowsNoKey(WireFormat format) {
    String wrong = "{\"error\":{\"message\":\"wrong key " + WireFormat.KEY + "\"}}";
    String broken = "{\"error\":{\"message\":\"overloaded\"}}";
    server
        .then(new Answer(401, Map.of(), wrong))
        .then(new Answer(404, Map.of(), "{\"error\":{\"message\":\"no such model\"}}"))
        .then(new Answer(529, Map.of(), broken))
        .then(new Answer(400, Map.of(), "{\"error\":{\"message\":\"prompt is too long\"}}"));
    LanguageModel model = model(format);

    assertThatThrownBy(() -> model.call(REQUEST))
        .isInstanceOf(LmException.Unauthorized.class)
        .hasMessageNotContaining("hunter2")
        .hasMessageStartingWith(format.model);
    assertThatThrownBy(() -> model.call(REQUEST)).isInstanceOf(LmException.InvalidRequest.class);
    assertThatThrownBy(() -> model.call(REQUEST)).isInstanceOf(LmException.Unavailable.class);
    assertThatThrownBy(() -> model.call(REQUEST))
        .isInstanceOf(LmException.ContextWindowExceeded.class);
  }

  @ParameterizedTest
  @EnumSource(WireFormat.class)
  void saysWhatAForeignReplyIs(WireFormat format) {
    server.then("<html>welcome</html>").then("{\"hello\":1}").then("{\"choices\": [");
    LanguageModel model = model(format);

    assertThatThrownBy(() -> model.call(REQUEST))
        .isInstanceOf(LmException.InvalidRequest.class)
        .hasMessageContaining("an HTML page");
    assertThatThrownBy(() -> model.call(REQUEST))
        .isInstanceOf(LmException.InvalidRequest.class)
        .hasMessageContaining("JSON without");
    assertThatThrownBy(() -> model.call(REQUEST))
        .isInstanceOf(LmException.Unavailable.class)
        .hasMessageContaining("cut off");
  }

  @ParameterizedTest
  @EnumSource(WireFormat.class)
  void leavesOutATemperatureOnceItWasRefused(WireFormat format) {
    String refusal =
        "{\"error\":{\"message\":\"Unsupported value: 'temperature' does not support 0.25 with"
            + " this model. Only the default (1) value is supported.\"}}";
    server.then(new Answer(400, Map.of(), refusal)).then(format.text("six"));
    LmRequest hot = REQUEST.withOptions(LmOptions.builder().temperature(0.25).build());

    assertThat(model(format).call(hot).text()).isEqualTo("six");
    assertThat(model(format).call(hot).text()).isEqualTo("six");

    assertThat(server.asked()).as("refused, again without, without").hasSize(3);
    assertThat(server.asked().get(0).body().toString()).contains("0.25");
    assertThat(server.asked().get(1).body().toString()).doesNotContain("0.25");
    assertThat(server.asked().get(2).body().toString()).doesNotContain("0.25");
  }

  @ParameterizedTest
  @EnumSource(value = WireFormat.class, mode = EnumSource.Mode.EXCLUDE, names = "OLLAMA")
  void saysWhichVariableIsNotSet(WireFormat format) {
    assertThatThrownBy(() -> ModelSpec.parse(format.model, Map.of()).create())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("environment variable")
        .hasMessageContaining("is not set")
        .hasMessageContaining("Maybe");
    assertThat(ModelSpec.parse(format.model, Map.of()).provider().unsetVariables(Map.of()))
        .isNotEmpty();
    assertThat(
            ModelSpec.parse(format.model, Map.of())
                .provider()
                .unsetVariables(Map.of("AWS_REGION", "us-west-2"))
                .size())
        .isLessThanOrEqualTo(2);
  }
}
