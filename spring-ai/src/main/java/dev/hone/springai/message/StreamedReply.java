package dev.hone.springai.message;

import dev.hone.lm.LmException;
import dev.hone.lm.LmResponse;
import dev.hone.lm.MessagePart;
import dev.hone.lm.ReplyListener;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

/** A reply that is still arriving: tells a listener each piece and puts them together. */
public final class StreamedReply {
  private final ResponseMapping responses;
  private final ReplyListener listener;
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder thought = new StringBuilder();
  private final List<MessagePart.ToolCall> calls = new ArrayList<>();
  private String finishReason = "";
  private String refusal = "";
  private @Nullable ChatResponseMetadata metadata;

  /** A reply of which nothing has arrived. */
  public StreamedReply(ResponseMapping responses, ReplyListener listener) {
    this.responses = responses;
    this.listener = listener;
  }

  /** Takes the next piece. What the listener throws comes out as it is. */
  public void add(ChatResponse piece) {
    keep(piece.getMetadata());
    for (Generation generation : piece.getResults()) {
      String reason = generation.getMetadata().getFinishReason();
      if (reason != null && !reason.isBlank()) {
        finishReason = reason;
      }
      add(generation.getOutput());
    }
  }

  private void add(AssistantMessage message) {
    if (message.getMetadata().get("refusal") instanceof String reason) {
      refusal += reason;
    }
    if (message.getMetadata().get(MessageMapping.REASONING) instanceof String soFar
        && soFar.length() > thought.length()) {
      addThought(soFar.substring(thought.length()));
    }
    String delta = message.getText();
    if (delta != null && !delta.isEmpty()) {
      if (ResponseMapping.isThought(message)) {
        addThought(delta);
      } else {
        addText(delta);
      }
    }
    for (AssistantMessage.ToolCall call : message.getToolCalls()) {
      MessagePart.ToolCall part = ResponseMapping.of(call);
      calls.add(part);
      listener.onToolCall(calls.size() - 1, part.name(), part.arguments());
    }
  }

  private void addThought(String delta) {
    thought.append(delta);
    listener.onThinking(delta);
  }

  private void addText(String delta) {
    text.append(delta);
    listener.onText(delta);
  }

  /** The last that says what the reply cost, else the last that names the model. */
  private void keep(@Nullable ChatResponseMetadata said) {
    if (said == null) {
      return;
    }
    Usage usage = said.getUsage();
    boolean counted = usage != null && usage.getTotalTokens() != null && usage.getTotalTokens() > 0;
    boolean names = said.getModel() != null && !said.getModel().isBlank();
    if (counted || metadata == null || names && metadata.getUsage().getTotalTokens() == 0) {
      metadata = said;
    }
  }

  /**
   * The whole reply.
   *
   * @throws LmException.Unavailable if the provider did not say that the reply is at its end
   * @throws LmException.ContentRefused if its content was refused
   */
  public LmResponse whole() {
    if (!isEnded()) {
      throw new LmException.Unavailable(
          responses.modelId() + " ended its stream without a finish reason. Maybe it broke off.",
          null,
          null);
    }
    List<MessagePart> parts = new ArrayList<>();
    if (!thought.isEmpty()) {
      parts.add(MessagePart.thinking(thought.toString(), null));
    }
    if (!text.isEmpty() || calls.isEmpty()) {
      parts.add(MessagePart.text(text.toString()));
    }
    parts.addAll(calls);
    return responses.of(parts, finishReason, refusal, metadata);
  }

  /** Whether the provider said that the reply is at its end. */
  public boolean isEnded() {
    return !finishReason.isEmpty();
  }
}
