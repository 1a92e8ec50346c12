package dev.hone.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import dev.langchain4j.model.output.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class StreamingModelTest {
  private static final LmRequest REQUEST = LmRequest.of(LmMessage.user("3+3?"));

  private static LangChain4jModel model(Consumer<StreamingChatResponseHandler> stream) {
    return LangChain4jModel.ofStreaming(
        new StreamingChatModel() {
          @Override
          public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
            new Thread(() -> stream.accept(handler)).start();
          }
        },
        "vendor:stream");
  }

  @Test
  void waitsForTheWholeReply() {
    LmResponse reply =
        model(
                handler -> {
                  handler.onPartialResponse("s");
                  handler.onPartialResponse("ix");
                  handler.onCompleteResponse(
                      ChatResponse.builder()
                          .aiMessage(AiMessage.from("six"))
                          .tokenUsage(new TokenUsage(12, 3))
                          .build());
                })
            .call(REQUEST);

    assertThat(reply.text()).isEqualTo("six");
    assertThat(reply.usage().promptTokens()).isEqualTo(12);
  }

  @Test
  void anErrorInTheMiddleIsTheErrorOfTheCall() {
    LangChain4jModel model =
        model(
            handler -> {
              handler.onPartialResponse("s");
              handler.onError(new RateLimitException("slow down"));
            });

    assertThatThrownBy(() -> model.call(REQUEST)).isInstanceOf(LmException.RateLimited.class);
  }

  @Test
  void aThreadThatIsInterruptedWaitsNoLonger() {
    LangChain4jModel model = model(handler -> handler.onPartialResponse("s"));

    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> model.call(REQUEST)).isInstanceOf(LmException.Interrupted.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  /** One of OpenAI's that insists on the newer limit; it remembers what it was asked with. */
  private static final class Insisting implements StreamingChatModel {
    private final List<OpenAiChatRequestParameters> asked = new ArrayList<>();

    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
      asked.add((OpenAiChatRequestParameters) request.parameters());
      if (request.maxOutputTokens() == null) {
        handler.onCompleteResponse(ChatResponse.builder().aiMessage(AiMessage.from("six")).build());
      } else {
        handler.onError(new InvalidRequestException("Unsupported parameter: 'max_tokens'"));
      }
    }

    @Override
    public ChatRequestParameters defaultRequestParameters() {
      return OpenAiChatRequestParameters.EMPTY;
    }

    @Override
    public ModelProvider provider() {
      return ModelProvider.OPEN_AI;
    }
  }

  @Test
  void aLimitThatIsRefusedGoesByItsOtherName() {
    Insisting chat = new Insisting();
    LmRequest limited = REQUEST.withOptions(LmOptions.defaults().withMaxTokens(250));

    assertThat(LangChain4jModel.ofStreaming(chat, "openai:mine").call(limited).text())
        .isEqualTo("six");

    assertThat(chat.asked).hasSize(2);
    assertThat(chat.asked.get(0).maxOutputTokens()).isEqualTo(250);
    assertThat(chat.asked.get(1).maxOutputTokens()).isNull();
    assertThat(chat.asked.get(1).maxCompletionTokens()).isEqualTo(250);
  }

  @Test
  void nullIsRefused() {
    assertThatThrownBy(() -> LangChain4jModel.ofStreaming(null, "x"))
        .isInstanceOf(InvalidInputException.class);
  }
}
