package dev.hone.springai;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatOptions;
import reactor.core.publisher.Flux;

/** A chat model that keeps its prompts and answers by a function. */
public final class FakeChatModel implements ChatModel {
  private final Function<Prompt, String> answer;
  private final String finishReason;
  private final List<Prompt> prompts = new ArrayList<>();

  public FakeChatModel(Function<Prompt, String> answer) {
    this(answer, "stop");
  }

  /** Whose replies end with a reason; null for none, as in a stream that broke off. */
  public FakeChatModel(Function<Prompt, String> answer, String finishReason) {
    this.answer = answer;
    this.finishReason = finishReason;
  }

  private synchronized String answer(Prompt prompt) {
    prompts.add(prompt);
    return answer.apply(prompt);
  }

  private static ChatResponse response(String text, String finishReason) {
    return new ChatResponse(
        List.of(
            new Generation(
                new AssistantMessage(text),
                ChatGenerationMetadata.builder().finishReason(finishReason).build())));
  }

  @Override
  public ChatResponse call(Prompt prompt) {
    return response(answer(prompt), finishReason);
  }

  @Override
  public Flux<ChatResponse> stream(Prompt prompt) {
    String text = answer(prompt);
    int half = text.length() / 2;
    return Flux.just(
        response(text.substring(0, half), null), response(text.substring(half), finishReason));
  }

  @Override
  public ChatOptions getOptions() {
    return OpenAiChatOptions.builder().model("fake").temperature(0.3).build();
  }

  public synchronized List<Prompt> prompts() {
    return List.copyOf(prompts);
  }
}
