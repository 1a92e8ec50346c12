package dev.hone.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.adapter.Adapter;
import dev.hone.compiled.Compiled;
import dev.hone.context.Context;
import dev.hone.lm.Capabilities;
import dev.hone.program.ChainOfThought;
import dev.hone.program.Predict;
import dev.hone.program.Program;
import dev.hone.prompt.Demo;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LangChain4jMessagesTest {
  private record Ticket(String text) {}

  private record Label(String topic) {}

  private static final Predict<Ticket, Label> CLASSIFY =
      Predict.of(Ticket.class, Label.class, "Name the topic of the ticket.");

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
