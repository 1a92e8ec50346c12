package dev.hone.langchain4j;

import dev.hone.lm.LmException;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmUsage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiTokenUsage;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import org.jspecify.annotations.Nullable;

/**
 * Maps LangChain4j's responses to Hone's replies.
 *
 * @param modelId the model's id, for responses without one
 */
record ResponseMapping(String modelId) {
  LmResponse of(@Nullable ChatResponse response) {
    if (response == null || response.aiMessage() == null) {
      throw new LmException.ProviderFailed(
          "The model %s returned no message".formatted(modelId), null);
    }
    @Nullable String text = response.aiMessage().text();
    LmResponse.StopReason reason = stopReason(response.finishReason());
    if (reason == LmResponse.StopReason.CONTENT_FILTER && (text == null || text.isBlank())) {
      throw new LmException.ContentRefused(
          "%s refused the content (finish reason content_filter, and no text)".formatted(modelId),
          null);
    }
    @Nullable String answeredBy = response.modelName();
    return LmResponse.builder()
        .parts(MessageMapping.parts(response.aiMessage()))
        .stopReason(reason)
        .usage(usage(response.tokenUsage()))
        .modelId(answeredBy == null ? modelId : answeredBy)
        .build();
  }

  private static LmResponse.StopReason stopReason(@Nullable FinishReason reason) {
    if (reason == null) {
      return LmResponse.StopReason.OTHER;
    }
    return switch (reason) {
      case STOP -> LmResponse.StopReason.STOP;
      case LENGTH -> LmResponse.StopReason.LENGTH;
      case CONTENT_FILTER -> LmResponse.StopReason.CONTENT_FILTER;
      case TOOL_EXECUTION -> LmResponse.StopReason.TOOL_CALLS;
      case OTHER -> LmResponse.StopReason.OTHER;
    };
  }

  private static LmUsage usage(@Nullable TokenUsage usage) {
    if (usage == null) {
      return LmUsage.UNKNOWN;
    }
    @Nullable Integer in = usage.inputTokenCount();
    @Nullable Integer out = usage.outputTokenCount();
    return LmUsage.builder()
        .promptTokens(orZero(in))
        .completionTokens(orZero(out))
        .cachedPromptTokens(cached(usage))
        .known(in != null && out != null)
        .build();
  }

  private static long cached(TokenUsage usage) {
    return usage instanceof OpenAiTokenUsage openAi && openAi.inputTokensDetails() != null
        ? orZero(openAi.inputTokensDetails().cachedTokens())
        : 0;
  }

  private static long orZero(@Nullable Integer count) {
    return count == null ? 0 : count;
  }
}
