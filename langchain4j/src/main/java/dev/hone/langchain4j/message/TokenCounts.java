package dev.hone.langchain4j.message;

import dev.hone.lm.LmUsage;
import dev.langchain4j.model.anthropic.AnthropicTokenUsage;
import dev.langchain4j.model.googleai.GoogleAiGeminiTokenUsage;
import dev.langchain4j.model.openai.OpenAiTokenUsage;
import dev.langchain4j.model.output.TokenUsage;
import org.jspecify.annotations.Nullable;

/**
 * Counts the tokens of a response in one way, whoever sent it: the prompt with what came from the
 * provider's cache and what was written into it, the reply with what was thought.
 */
final class TokenCounts {
  private TokenCounts() {}

  static LmUsage of(@Nullable TokenUsage usage) {
    if (usage == null) {
      return LmUsage.UNKNOWN;
    }
    @Nullable Integer in = usage.inputTokenCount();
    @Nullable Integer out = usage.outputTokenCount();
    LmUsage plain =
        LmUsage.builder()
            .promptTokens(orZero(in))
            .completionTokens(orZero(out))
            .known(in != null && out != null)
            .build();
    // By name, so that a library that was excluded is not looked for.
    return switch (usage.getClass().getSimpleName()) {
      case "OpenAiTokenUsage" -> OfOpenAi.counted(plain, usage);
      case "AnthropicTokenUsage" -> OfAnthropic.counted(plain, usage);
      case "GoogleAiGeminiTokenUsage" -> OfGemini.counted(plain, usage);
      default -> plain;
    };
  }

  private static final class OfOpenAi {
    static LmUsage counted(LmUsage plain, TokenUsage usage) {
      return usage instanceof OpenAiTokenUsage openAi && openAi.inputTokensDetails() != null
          ? plain.toBuilder()
              .cachedPromptTokens(orZero(openAi.inputTokensDetails().cachedTokens()))
              .build()
          : plain;
    }
  }

  /** Anthropic counts the cached part of a prompt beside the rest of it. */
  private static final class OfAnthropic {
    static LmUsage counted(LmUsage plain, TokenUsage usage) {
      if (!(usage instanceof AnthropicTokenUsage anthropic)) {
        return plain;
      }
      long read = orZero(anthropic.cacheReadInputTokens());
      long written = orZero(anthropic.cacheCreationInputTokens());
      return plain.toBuilder()
          .promptTokens(plain.promptTokens() + read + written)
          .cachedPromptTokens(read)
          .build();
    }
  }

  /** Google counts thoughts beside the reply. */
  private static final class OfGemini {
    static LmUsage counted(LmUsage plain, TokenUsage usage) {
      return usage instanceof GoogleAiGeminiTokenUsage gemini
          ? plain.toBuilder()
              .completionTokens(plain.completionTokens() + orZero(gemini.thoughtsTokenCount()))
              .cachedPromptTokens(orZero(gemini.cachedContentTokenCount()))
              .build()
          : plain;
    }
  }

  private static long orZero(@Nullable Integer count) {
    return count == null ? 0 : count;
  }
}
