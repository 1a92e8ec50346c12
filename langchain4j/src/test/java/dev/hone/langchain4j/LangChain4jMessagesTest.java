package dev.hone.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.adapter.Adapter;
import dev.hone.compiled.Compiled;
import dev.hone.context.Context;
import dev.hone.json.Json;
import dev.hone.lm.Capabilities;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.lm.ToolSpec;
import dev.hone.program.ChainOfThought;
import dev.hone.program.Predict;
import dev.hone.program.Program;
import dev.hone.prompt.Demo;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class LangChain4jMessagesTest {
  private record Ticket(String text) {}

  private record Label(String topic) {}

  private static final Predict<Ticket, Label> CLASSIFY =
      Predict.of(Ticket.class, Label.class, "Name the topic of the ticket.");

  private static final ObjectNode CITY =
      (ObjectNode)
          Json.parse(
              "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}},\"required\":"
                  + "[\"city\"],\"additionalProperties\":false}");

  private final List<ChatRequest> asked = new ArrayList<>();

  private final ChatModel chatModel =
      new ChatModel() {
        @Override
        public ChatResponse doChat(ChatRequest request) {
          asked.add(request);
          return ChatResponse.builder()
              .aiMessage(AiMessage.from("[[ ## topic ## ]]\nbilling\n\n[[ ## completed ## ]]"))
              .build();
        }
      };

  private Context context(Adapter adapter) {
    return Context.builder()
        .lm(
            LangChain4jModel.of(chatModel, "vendor:model")
                .withCapabilities(Capabilities.JSON_SCHEMA))
        .adapter(adapter)
        .build();
  }

  private static Demo demo(String text, String topic) {
    return new Demo(
        CLASSIFY.signature().input().encode(new Ticket(text)),
        CLASSIFY.signature().output().encode(new Label(topic)),
        Demo.Origin.LABELED,
        "");
  }

  private static Compiled<Ticket, Label> tuned() {
    return Compiled.of(
        CLASSIFY.withDemos(
            List.of(
                demo("The invoice is wrong.", "billing"), demo("It does not start.", "defect"))));
  }

  @Test
  void hasTheInstructionsTheDemosAndTheInputThatTheProgramItselfSends() {
    Context context = context(Adapter.chat());
    Compiled<Ticket, Label> tuned = tuned();
    Ticket ticket = new Ticket("I was charged twice.");

    List<ChatMessage> messages = context.call(() -> LangChain4jMessages.of(tuned, ticket));
    assertThat(asked).isEmpty();
    assertThat(context.call(() -> tuned.run(ticket))).isEqualTo(new Label("billing"));

    assertThat(messages).isEqualTo(asked.get(0).messages());
    assertThat(messages).hasSize(6);
    assertThat(((SystemMessage) messages.get(0)).text()).contains("Name the topic of the ticket.");
    assertThat(messages.toString()).contains("The invoice is wrong.", "It does not start.");
    assertThat(((UserMessage) messages.get(5)).singleText()).contains("I was charged twice.");
  }

  @Test
  void aRequestHasTheSchemaOfTheAnswer() {
    Context context = context(Adapter.json());
    Compiled<Ticket, Label> tuned = tuned();

    ChatRequest request =
        context.call(() -> LangChain4jMessages.requestOf(tuned, new Ticket("Hello?")));

    assertThat(request.responseFormat().type()).isEqualTo(ResponseFormatType.JSON);
    assertThat(request.responseFormat().jsonSchema().toString()).contains("topic");
    assertThat(request.messages().toString()).contains("Hello?");
  }

  private static LmRequest.Builder asking() {
    return LmRequest.of(LmMessage.user("Hello?")).toBuilder()
        .options(LmOptions.builder().temperature(1.8).maxTokens(250).build());
  }

  private static ChatModel by(ModelProvider provider) {
    return new ChatModel() {
      @Override
      public ModelProvider provider() {
        return provider;
      }
    };
  }

  private static ChatModel openAi(String name) {
    return OpenAiChatModel.builder().apiKey("none").modelName(name).build();
  }

  @Test
  void aRequestForAModelOfOpenAiHasItsLimitAndAStrictSchema() {
    ObjectNode sized = CITY.deepCopy();
    ((ObjectNode) sized.at("/properties/city")).put("minLength", 3);
    ObjectNode open = Json.object().put("type", "object");
    LmRequest bound =
        asking().format(dev.hone.lm.ResponseFormat.jsonSchema("place", sized)).build();
    LmRequest free = asking().format(dev.hone.lm.ResponseFormat.jsonSchema("any", open)).build();

    ChatRequest request = LangChain4jMessages.requestOf(bound, openAi("gpt-5"));

    assertThat(request.parameters())
        .isInstanceOfSatisfying(
            OpenAiChatRequestParameters.class,
            sent -> assertThat(sent.maxCompletionTokens()).isEqualTo(250));
    assertThat(request.maxOutputTokens()).isNull();
    assertThat(request.responseFormat().jsonSchema().rootElement())
        .isEqualTo(JsonRawSchema.from(Json.write(CITY)));
    assertThat(LangChain4jMessages.requestOf(free, openAi("gpt-4o")).responseFormat())
        .isEqualTo(ResponseFormat.JSON);
    assertThat(LangChain4jMessages.requestOf(free, openAi("gpt-4o")).maxOutputTokens())
        .isEqualTo(250);
  }

  @Test
  void aRequestForAnotherProviderHasWhatThatTakes() {
    LmRequest request = asking().tools(List.of(ToolSpec.of("weather", "Tells it.", CITY))).build();

    assertThat(LangChain4jMessages.requestOf(request).temperature()).isEqualTo(1.8);
    assertThat(LangChain4jMessages.requestOf(request, by(ModelProvider.ANTHROPIC)).temperature())
        .isEqualTo(1.0);
    assertThat(LangChain4jMessages.requestOf(request, by(ModelProvider.MISTRAL_AI)).temperature())
        .isEqualTo(1.5);
    assertThat(
            LangChain4jMessages.requestOf(request, by(ModelProvider.GOOGLE_AI_GEMINI))
                .toolSpecifications()
                .get(0)
                .parameters()
                .properties()
                .get("city"))
        .isInstanceOf(JsonStringSchema.class);
    assertThat(LangChain4jMessages.requestOf(request, by(ModelProvider.OTHER)))
        .isEqualTo(LangChain4jMessages.requestOf(request));
  }

  @Test
  void aProgramsRequestForAChatModelIsMadeForItsProvider() {
    ChatRequest request =
        context(Adapter.json())
            .call(
                () ->
                    LangChain4jMessages.requestOf(
                        tuned(), new Ticket("Hello?"), by(ModelProvider.OPEN_AI)));

    assertThat(request.parameters()).isInstanceOf(OpenAiChatRequestParameters.class);
    assertThat(request.responseFormat().jsonSchema().toString()).contains("topic");
  }

  @Test
  @SuppressWarnings("NullAway") // what a caller without null checks may pass
  void aRequestForNoChatModelIsRefused() {
    assertThatThrownBy(() -> LangChain4jMessages.requestOf(asking().build(), null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("The chat model is null. Maybe");
  }

  private record Twice(Predict<Ticket, Label> first, ChainOfThought<Ticket, Label> second)
      implements Program<Ticket, Label> {
    @Override
    public Label run(Ticket input) {
      return second.run(new Ticket(first.run(input).topic()));
    }
  }

  @Test
  void aProgramOfSeveralPredictorsHasNoMessagesOfItsOwn() {
    Compiled<Ticket, Label> twice =
        Compiled.of(new Twice(CLASSIFY, ChainOfThought.of(CLASSIFY.signature())));

    assertThatThrownBy(
            () ->
                context(Adapter.chat())
                    .call(() -> LangChain4jMessages.of(twice, new Ticket("Hello?"))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("Maybe");
  }
}
