package dev.hone.springai;

import java.time.Duration;
import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;

/** Spring AI's models of two providers, pointed at a server on this machine. */
public final class ChatModels {
  private ChatModels() {}

  /** OpenAI's wire format, without retries. */
  public static ChatModel openAi(String baseUrl, String model, String key) {
    return OpenAiChatModel.builder()
        .options(
            OpenAiChatOptions.builder()
                .baseUrl(baseUrl)
                .apiKey(key)
                .model(model)
                .maxRetries(0)
                .timeout(Duration.ofSeconds(20))
                .build())
        .build();
  }

  /** Anthropic's wire format, without retries. */
  public static ChatModel anthropic(String baseUrl, String model, String key) {
    return AnthropicChatModel.builder()
        .options(
            AnthropicChatOptions.builder()
                .baseUrl(baseUrl.replaceAll("/v1/?$", ""))
                .apiKey(key)
                .model(model)
                .maxTokens(4096)
                .maxRetries(0)
                .timeout(Duration.ofSeconds(20))
                .build())
        .build();
  }
}
