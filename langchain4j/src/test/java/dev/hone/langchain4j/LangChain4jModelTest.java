package dev.hone.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.json.Json;
import dev.hone.lm.Capabilities;
import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmUsage;
import dev.hone.lm.ResponseFormat;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LangChain4jModelTest {
  private final List<ChatRequest> asked = new ArrayList<>();
  private ChatResponse response = ChatResponse.builder().aiMessage(AiMessage.from("hello")).build();

  /** A chat model as somebody else may have written it. */
  private final ChatModel chatModel =
      new ChatModel() {
        @Override
        public ChatResponse doChat(ChatRequest request) {
          asked.add(request);
          return response;
        }

        @Override
        public Set<Capability> supportedCapabilities() {
          return Set.of(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
        }
      };

  private final LangChain4jModel model = LangChain4jModel.of(chatModel, "vendor:model");

  @Test
  void translatesARequestWithEverything() {
    LmRequest request =
        LmRequest.builder()
            .messages(List.of(LmMessage.system("s"), LmMessage.user("u"), LmMessage.assistant("")))
            .options(
                LmOptions.builder()
                    .temperature(0.5)
                    .maxTokens(10)
                    .topP(0.9)
                    .stop("END")
                    .rolloutId(4)
                    .build())
            .format(ResponseFormat.jsonSchema("name", Json.object().put("type", "object")))
            .cacheScope("tenant")
            .build();

    model.call(request);

    ChatRequest chat = asked.get(0);
    assertThat(chat.messages())
        .containsExactly(SystemMessage.from("s"), UserMessage.from("u"), AiMessage.from(""));
    assertThat(chat.temperature()).isEqualTo(0.5);
    assertThat(chat.maxOutputTokens()).isEqualTo(10);
    assertThat(chat.topP()).isEqualTo(0.9);
    assertThat(chat.stopSequences()).containsExactly("END");
    assertThat(chat.responseFormat().type()).isEqualTo(ResponseFormatType.JSON);
    assertThat(chat.responseFormat().jsonSchema().name()).isEqualTo("name");
    assertThat(chat.responseFormat().jsonSchema().rootElement())
        .isEqualTo(JsonRawSchema.from("{\"type\":\"object\"}"));
  }

  @Test
  void leavesTheLimitOutOnceTheChatModelHasRefusedIt() {
    ChatModel picky =
        new ChatModel() {
          @Override
          public ChatResponse doChat(ChatRequest request) {
            asked.add(request);
            if (request.maxOutputTokens() != null) {
              throw new InvalidRequestException("Unsupported parameter: 'max_tokens'");
            }
            return response;
          }
        };
    LangChain4jModel learning = LangChain4jModel.of(picky, "vendor:picky");
    LmRequest limited =
        LmRequest.of(LmMessage.user("u")).withOptions(LmOptions.defaults().withMaxTokens(250));

    assertThat(learning.call(limited).text()).isEqualTo("hello");
    assertThat(learning.call(limited).text()).isEqualTo("hello");

    assertThat(asked).as("refused, again, at once").hasSize(3);
    assertThat(asked.get(0).maxOutputTokens()).isEqualTo(250);
    assertThat(asked.get(1).maxOutputTokens()).isNull();
    assertThat(asked.get(2).maxOutputTokens()).isNull();
  }

  @Test
  void leavesWhatIsNotSetToTheChatModel() {
    model.call(LmRequest.of(LmMessage.user("u")));

    ChatRequest chat = asked.get(0);
    assertThat(chat.temperature()).isNull();
    assertThat(chat.maxOutputTokens()).isNull();
    assertThat(chat.topP()).isNull();
    assertThat(chat.stopSequences()).isEmpty();
    assertThat(chat.responseFormat()).isNull();
  }

  @Test
  void saysWhatItDoesNotKnow() {
    LmResponse reply = model.call(LmRequest.of(LmMessage.user("u")));

    assertThat(reply)
        .isEqualTo(
            LmResponse.builder()
                .text("hello")
                .stopReason(LmResponse.StopReason.OTHER)
                .modelId("vendor:model")
                .build());
  }

  @Test
  void givesAllThatTheChatModelReports() {
    response =
        ChatResponse.builder()
            .aiMessage(AiMessage.builder().text("42").thinking("six times seven").build())
            .modelName("model-2026-01-01")
            .finishReason(FinishReason.STOP)
            .tokenUsage(new TokenUsage(5, 6))
            .build();

    assertThat(model.call(LmRequest.of(LmMessage.user("u"))))
        .isEqualTo(
            LmResponse.builder()
                .reasoning("six times seven")
                .text("42")
                .usage(LmUsage.of(5, 6))
                .modelId("model-2026-01-01")
                .build());
  }

  @Test
  void halfAUsageIsALowerBound() {
    response =
        ChatResponse.builder()
            .aiMessage(AiMessage.from("x"))
            .tokenUsage(new TokenUsage(5, null))
            .build();

    assertThat(model.call(LmRequest.of(LmMessage.user("u"))).usage())
        .isEqualTo(LmUsage.builder().promptTokens(5).known(false).build());
  }

  @Test
  void mapsEveryFinishReason() {
    for (FinishReason reason : FinishReason.values()) {
      response = ChatResponse.builder().aiMessage(AiMessage.from("x")).finishReason(reason).build();
      String name = reason == FinishReason.TOOL_EXECUTION ? "TOOL_CALLS" : reason.name();

      assertThat(model.call(LmRequest.of(LmMessage.user("u"))).stopReason().name()).isEqualTo(name);
    }
  }

  @Test
  void takesAMessageWithoutTextForAnEmptyOne() {
    response = ChatResponse.builder().aiMessage(AiMessage.builder().thinking("hm").build()).build();

    assertThat(model.call(LmRequest.of(LmMessage.user("u"))).text()).isEmpty();
  }

  @Test
  void saysThatNothingCameBack() {
    response = null;

    assertThatThrownBy(() -> model.call(LmRequest.of(LmMessage.user("u"))))
        .isInstanceOf(LmException.ProviderFailed.class);
  }

  @Test
  void offersWhatTheChatModelSaysAndCountsAsSecret() {
    ChatModel plain = new ChatModel() {};

    assertThat(model.capabilities())
        .isEqualTo(
            Capabilities.builder()
                .jsonSchema(true)
                .images(true)
                .files("application/pdf", "audio/*", "video/*")
                .build());
    assertThat(LangChain4jModel.of(plain, "v:m").capabilities())
        .isEqualTo(
            Capabilities.builder()
                .images(true)
                .files("application/pdf", "audio/*", "video/*")
                .build());
    assertThat(model.holdsCredentials()).isTrue();
    assertThat(model).hasToString("LangChain4jModel[vendor:model]");
  }

  @Test
  void wantsAName() {
    assertThatThrownBy(() -> LangChain4jModel.of(chatModel, " "))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("id is blank");
  }

  @Test
  @SuppressWarnings("NullAway") // what a caller without null checks may pass
  void saysWhatIsNull() {
    assertThatThrownBy(() -> LangChain4jModel.of(null, "v:m"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("The chat model is null. Maybe what should have made it returned nothing.");
    assertThatThrownBy(() -> LangChain4jModel.of(chatModel, null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("The model's id is null. Maybe use vendor:model.");
    assertThatThrownBy(() -> model.withCapabilities(null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("The capabilities are null. Maybe use Capabilities.TEXT.");
  }
}
