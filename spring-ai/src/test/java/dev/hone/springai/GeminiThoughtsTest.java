package dev.hone.springai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.ReplyListener;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.publisher.Flux;

/** What Gemini thinks, which Spring AI's class for it gives as texts that are marked. */
class GeminiThoughtsTest {
  private static final LmRequest REQUEST = LmRequest.of(LmMessage.user("Which day is it?"));

  private static Generation generation(String text, boolean thought) {
    return new Generation(
        AssistantMessage.builder().content(text).properties(Map.of("isThought", thought)).build(),
        ChatGenerationMetadata.builder().finishReason("STOP").build());
  }

  /**
   * Gives all at once, and streams one after the other.
   *
   * @param generations what it gives
   */
  private record Gemini(List<Generation> generations) implements ChatModel {
    @Override
    public ChatResponse call(Prompt prompt) {
      return new ChatResponse(generations);
    }

    @Override
    public Flux<ChatResponse> stream(Prompt prompt) {
      return Flux.fromIterable(generations).map(one -> new ChatResponse(List.of(one)));
    }
  }

  @Test
  void areNoPartOfTheAnswer() {
    LanguageModel model =
        SpringAiModel.of(
            new Gemini(
                List.of(generation("Monday? No.", true), generation("It is Tuesday.", false))),
            "gemini:fake");

    LmResponse called = model.call(REQUEST);
    LmResponse streamed = model.call(REQUEST, ReplyListener.NONE);

    assertThat(called.text()).isEqualTo("It is Tuesday.");
    assertThat(called.reasoning()).isEqualTo("Monday? No.");
    assertThat(streamed.text()).isEqualTo(called.text());
    assertThat(streamed.reasoning()).isEqualTo(called.reasoning());
  }
}
