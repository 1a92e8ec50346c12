package dev.hone.springai.message;

import dev.hone.lm.LmException;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmResponse.StopReason;
import dev.hone.lm.LmUsage;
import dev.hone.lm.MessagePart;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

/**
 * Maps Spring AI's responses to Hone's replies.
 *
 * @param modelId the model's id, for responses without one
 */
public record ResponseMapping(String modelId) {
  private static final String REFUSAL = "refusal";

  /** How providers call the ends of replies, in small letters. */
  private static final Map<String, StopReason> REASONS =
      Map.ofEntries(
          Map.entry("stop", StopReason.STOP),
          Map.entry("end_turn", StopReason.STOP),
          Map.entry("stop_sequence", StopReason.STOP),
          Map.entry("complete", StopReason.STOP),
          Map.entry("length", StopReason.LENGTH),
          Map.entry("max_tokens", StopReason.LENGTH),
          Map.entry("model_context_window_exceeded", StopReason.LENGTH),
          Map.entry("model_length", StopReason.LENGTH),
          Map.entry("tool_calls", StopReason.TOOL_CALLS),
          Map.entry("tool_use", StopReason.TOOL_CALLS),
          Map.entry("function_call", StopReason.TOOL_CALLS),
          Map.entry("content_filter", StopReason.CONTENT_FILTER),
          Map.entry("content_filtered", StopReason.CONTENT_FILTER),
          Map.entry("guardrail_intervened", StopReason.CONTENT_FILTER),
          Map.entry("refusal", StopReason.CONTENT_FILTER),
          Map.entry("safety", StopReason.CONTENT_FILTER),
          Map.entry("prohibited_content", StopReason.CONTENT_FILTER));

  /**
   * The reply of a response.
   *
   * @throws LmException if there is no message, or its content was refused
   */
  public LmResponse of(@Nullable ChatResponse response) {
    if (response == null || response.getResults().isEmpty()) {
      throw new LmException.Unavailable(
          modelId + " answered without a message. Maybe it is overloaded.", null, null);
    }
    List<Generation> generations = response.getResults();
    Generation last = generations.get(generations.size() - 1);
    List<MessagePart> parts = new ArrayList<>();
    generations.subList(0, generations.size() - 1).forEach(one -> addThought(one, parts));
    add(last.getOutput(), parts);
    return of(
        parts,
        String.valueOf((@Nullable Object) last.getMetadata().getFinishReason()),
        String.valueOf(last.getOutput().getMetadata().getOrDefault(REFUSAL, "")),
        response.getMetadata());
  }

  /**
   * The reply of its parts.
   *
   * @param finishReason as the provider calls it
   * @param refusal why the provider refuses; empty for no reason
   */
  LmResponse of(
      List<MessagePart> parts,
      String finishReason,
      String refusal,
      @Nullable ChatResponseMetadata metadata) {
    StopReason reason =
        REASONS.getOrDefault(finishReason.toLowerCase(Locale.ROOT), StopReason.OTHER);
    boolean called = parts.stream().anyMatch(MessagePart.ToolCall.class::isInstance);
    boolean said =
        parts.stream().anyMatch(p -> p instanceof MessagePart.Text text && !text.text().isBlank());
    boolean refused = reason == StopReason.CONTENT_FILTER || !refusal.isBlank();
    if (refused && !said && !called) {
      throw new LmException.ContentRefused(
          "%s refused the content%s".formatted(modelId, refusal.isBlank() ? "" : ": " + refusal),
          null);
    }
    String answeredBy = metadata == null ? null : metadata.getModel();
    return LmResponse.builder()
        .parts(parts)
        .stopReason(called && reason == StopReason.STOP ? StopReason.TOOL_CALLS : reason)
        .usage(usage(metadata == null ? null : metadata.getUsage()))
        .modelId(answeredBy == null || answeredBy.isBlank() ? modelId : answeredBy)
        .build();
  }

  /** Of the thoughts that the classes for Anthropic and Gemini give as generations of their own. */
  private static void addThought(Generation generation, List<MessagePart> parts) {
    AssistantMessage message = generation.getOutput();
    String text = message.getText();
    if (text != null && message.getMetadata().get("signature") instanceof String signed) {
      parts.add(MessagePart.thinking(text, signed));
    } else if (text != null && isThought(message)) {
      parts.add(MessagePart.thinking(text, null));
    }
  }

  /** Whether the text of a message is what was thought, as the class for Gemini marks it. */
  static boolean isThought(AssistantMessage message) {
    return Boolean.TRUE.equals(message.getMetadata().get("isThought"));
  }

  private static void add(AssistantMessage message, List<MessagePart> parts) {
    if (message.getMetadata().get(MessageMapping.REASONING) instanceof String thought
        && !thought.isEmpty()) {
      parts.add(MessagePart.thinking(thought, null));
    }
    String text = message.getText();
    if (text != null) {
      parts.add(isThought(message) ? MessagePart.thinking(text, null) : MessagePart.text(text));
    }
    message.getToolCalls().forEach(call -> parts.add(of(call)));
  }

  static MessagePart.ToolCall of(AssistantMessage.ToolCall call) {
    return MessagePart.toolCall(
        orEmpty(call.id()), orEmpty(call.name()), orEmpty(call.arguments()));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static LmUsage usage(@Nullable Usage usage) {
    if (usage == null
        || orZero(usage.getPromptTokens()) + orZero(usage.getCompletionTokens()) == 0) {
      return LmUsage.UNKNOWN;
    }
    long read = orZero(usage.getCacheReadInputTokens());
    long written = orZero(usage.getCacheWriteInputTokens());
    long beside = countsCacheBeside(usage.getNativeUsage()) ? read + written : 0;
    return LmUsage.builder()
        .promptTokens(orZero(usage.getPromptTokens()) + beside)
        .completionTokens(orZero(usage.getCompletionTokens()))
        .cachedPromptTokens(read)
        .build();
  }

  /** Whether a provider counts the tokens of its cache beside those of the prompt. */
  private static boolean countsCacheBeside(@Nullable Object own) {
    String type = own == null ? "" : own.getClass().getName();
    return type.startsWith("com.anthropic.") || type.startsWith("software.amazon.");
  }

  private static long orZero(@Nullable Number count) {
    return count == null ? 0 : count.longValue();
  }
}
