package dev.hone.langchain4j.message;

import dev.hone.lm.LmException;
import dev.hone.lm.LmResponse;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import org.jspecify.annotations.Nullable;

/**
 * Maps LangChain4j's responses to Hone's replies.
 *
 * @param modelId the model's id, for responses without one
 */
public record ResponseMapping(String modelId) {
  /**
   * The reply of a response.
   *
   * @throws LmException if there is no message, or its content was refused
   */
  public LmResponse of(@Nullable ChatResponse response) {
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
        .usage(TokenCounts.of(response.tokenUsage()))
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
}
