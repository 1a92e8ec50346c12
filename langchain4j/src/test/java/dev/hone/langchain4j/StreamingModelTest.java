package dev.hone.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.TokenUsage;
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

  @Test
  void nullIsRefused() {
    assertThatThrownBy(() -> LangChain4jModel.ofStreaming(null, "x"))
        .isInstanceOf(InvalidInputException.class);
  }
}
