package dev.hone.langchain4j.message;

import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.MessagePart;
import dev.hone.lm.bridge.DistinctCalls;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Maps Hone's messages to LangChain4j's, and the parts of its replies to Hone's. A system message
 * takes texts; a user message texts, images and files; one of the model texts, thinking and tool
 * calls; a tool message results of texts and images, each of which is a message for LangChain4j.
 * What does not fit is an error before the call.
 */
public final class MessageMapping {
  /** Where LangChain4j's models keep and look for the signature of the thinking. */
  static final String SIGNATURE = "thinking_signature";

  private MessageMapping() {}

  /**
   * All messages of a conversation; every tool call with an id of its own, see {@link
   * DistinctCalls}.
   *
   * @throws LmException.InvalidRequest if a message is blank, or has a part that does not fit
   */
  public static List<ChatMessage> of(List<LmMessage> messages) {
    List<ChatMessage> chat = new ArrayList<>(messages.size());
    for (LmMessage message : DistinctCalls.distinct(messages)) {
      switch (message.role()) {
        case SYSTEM -> chat.add(SystemMessage.from(textOf(message)));
        case USER -> chat.add(user(message));
        case ASSISTANT -> chat.add(assistant(message));
        case TOOL -> message.parts().forEach(part -> chat.add(result(message, part)));
      }
    }
    return chat;
  }

  /** The text of a message that may have nothing else. */
  private static String textOf(LmMessage message) {
    for (MessagePart part : message.parts()) {
      if (!(part instanceof MessagePart.Text)) {
        throw misplaced(message, part, "takes texts only");
      }
    }
    if (message.text().isBlank()) {
      throw new LmException.InvalidRequest(
          "A %s message is blank, which LangChain4j does not take".formatted(message.role()), null);
    }
    return message.text();
  }

  /** What a user's turn, or the result of a tool, is made of. */
  private record Contents(LmMessage message) implements MessagePart.Visitor<Content> {
    @Override
    public Content otherwise(MessagePart part) {
      throw misplaced(message, part, "takes texts, images and files only");
    }

    @Override
    public Content visit(MessagePart.Text text) {
      return TextContent.from(text.text());
    }

    @Override
    public Content visit(MessagePart.Image image) {
      return image
          .url()
          .map(ImageContent::from)
          .orElseGet(
              () ->
                  ImageContent.from(
                      Base64.getEncoder().encodeToString(image.data()), image.mediaType()));
    }

    @Override
    public Content visit(MessagePart.File file) {
      return FileContents.of(file);
    }
  }

  private static UserMessage user(LmMessage message) {
    if (message.isPlainText()) {
      return UserMessage.from(textOf(message));
    }
    List<Content> said =
        message.parts().stream()
            .filter(part -> !(part instanceof MessagePart.Text text && text.text().isBlank()))
            .map(part -> part.accept(new Contents(message)))
            .toList();
    return UserMessage.from(said.isEmpty() ? List.of(TextContent.from(textOf(message))) : said);
  }

  private static AiMessage assistant(LmMessage message) {
    if (message.isPlainText()) {
      return AiMessage.from(message.text());
    }
    List<ToolExecutionRequest> calls = new ArrayList<>();
    StringBuilder thought = new StringBuilder();
    AiMessage.Builder builder = AiMessage.builder();
    for (MessagePart part : message.parts()) {
      if (part instanceof MessagePart.ToolCall call) {
        calls.add(call(call));
      } else if (part instanceof MessagePart.Thinking thinking) {
        thought.append(thinking.text());
        thinking.signature().ifPresent(s -> builder.attributes(Map.of(SIGNATURE, s)));
      } else if (!(part instanceof MessagePart.Text)) {
        throw misplaced(message, part, "takes texts, thinking and tool calls only");
      }
    }
    if (!message.text().isEmpty() || calls.isEmpty()) {
      builder.text(message.text());
    }
    return builder
        .toolExecutionRequests(calls)
        .thinking(thought.isEmpty() ? null : thought.toString())
        .build();
  }

  private static ToolExecutionRequest call(MessagePart.ToolCall call) {
    return ToolExecutionRequest.builder()
        .id(call.id().isEmpty() ? null : call.id())
        .name(call.name())
        .arguments(call.arguments())
        .build();
  }

  private static ChatMessage result(LmMessage message, MessagePart part) {
    if (!(part instanceof MessagePart.ToolResult result)) {
      throw misplaced(message, part, "takes results of tools only");
    }
    ToolExecutionResultMessage.Builder builder =
        ToolExecutionResultMessage.builder()
            .id(result.callId().isEmpty() ? null : result.callId())
            .toolName(result.name())
            .isError(result.isError() ? Boolean.TRUE : null);
    return result.images().isEmpty()
        ? builder.text(result.text()).build()
        : builder
            .contents(
                result.content().stream()
                    .filter(one -> !(one instanceof MessagePart.Text text && text.text().isBlank()))
                    .map(one -> one.accept(new Contents(message)))
                    .toList())
            .build();
  }

  private static LmException misplaced(LmMessage message, MessagePart part, String takes) {
    return new LmException.InvalidRequest(
        "The %s message has the part %s and %s. Maybe move it to a message of another role."
            .formatted(message.role().name().toLowerCase(Locale.ROOT), kind(part), takes),
        null);
  }

  private static String kind(MessagePart part) {
    return part.getClass().getSimpleName();
  }

  /** The parts of a reply: thinking, text, tool calls. */
  static List<MessagePart> parts(AiMessage message) {
    List<MessagePart> parts = new ArrayList<>();
    if (message.thinking() != null) {
      Object signature = message.attributes().get(SIGNATURE);
      parts.add(MessagePart.thinking(message.thinking(), signature instanceof String s ? s : null));
    }
    if (message.text() != null) {
      parts.add(MessagePart.text(message.text()));
    }
    for (ToolExecutionRequest call : message.toolExecutionRequests()) {
      parts.add(
          MessagePart.toolCall(
              orEmpty(call.id()), orEmpty(call.name()), orEmpty(call.arguments())));
    }
    return parts;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
