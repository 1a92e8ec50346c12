package dev.hone.springai.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.MessagePart;
import dev.hone.lm.bridge.DistinctCalls;
import dev.hone.lm.bridge.ResultImages;
import dev.hone.lm.bridge.SentFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage.ToolResponse;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.content.Media;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;

/**
 * Maps Hone's messages to Spring AI's. A system message takes texts; a user message texts, images
 * and files, whose order Spring AI does not keep: its texts come first; one of the model texts,
 * thinking and tool calls; a tool message results, whose images follow in a message of the user.
 * What does not fit is an error before the call.
 */
final class MessageMapping {
  /** Where Spring AI's models for OpenAI's wire format keep what was thought. */
  static final String REASONING = "reasoningContent";

  private MessageMapping() {}

  /**
   * All messages of a conversation, every tool call with an id of its own.
   *
   * @throws LmException.InvalidRequest if a message has a part that does not fit
   */
  static List<Message> of(List<LmMessage> messages) {
    return DistinctCalls.distinct(ResultImages.placed(messages, false)).stream()
        .map(MessageMapping::of)
        .toList();
  }

  private static Message of(LmMessage message) {
    return switch (message.role()) {
      case SYSTEM -> system(message);
      case USER -> user(message);
      case ASSISTANT -> assistant(message);
      case TOOL -> results(message);
    };
  }

  private static Message system(LmMessage message) {
    if (!message.isPlainText()) {
      throw misplaced(message, message.parts().get(0), "takes texts only");
    }
    return new SystemMessage(message.text());
  }

  private static Message user(LmMessage message) {
    List<Media> media = new ArrayList<>();
    for (MessagePart part : message.parts()) {
      if (part instanceof MessagePart.Image image) {
        media.add(media(image));
      } else if (part instanceof MessagePart.File file) {
        media.add(media(file));
      } else if (!(part instanceof MessagePart.Text)) {
        throw misplaced(message, part, "takes texts, images and files only");
      }
    }
    return UserMessage.builder().text(message.text()).media(media).build();
  }

  private static Media media(MessagePart.Image image) {
    return image
        .url()
        .map(url -> new Media(type(url.getPath()), url))
        .orElseGet(
            () ->
                Media.builder()
                    .mimeType(MimeType.valueOf(image.mediaType()))
                    .data(image.data())
                    .build());
  }

  /** With a name by its contents: Spring AI would give it another one in each request. */
  private static Media media(MessagePart.File file) {
    Media.Builder media =
        Media.builder().mimeType(MimeType.valueOf(SentFiles.mediaType(file, "Spring AI")));
    byte[] named = file.url().map(url -> url.toString().getBytes(UTF_8)).orElseGet(file::data);
    return file.url()
        .map(media::data)
        .orElseGet(() -> media.data(file.data()))
        .name("file-" + UUID.nameUUIDFromBytes(named))
        .build();
  }

  /** Spring AI wants to know the kind of an image that only its provider will see. */
  private static MimeType type(String path) {
    String name = String.valueOf(path).toLowerCase(Locale.ROOT);
    if (name.endsWith(".jpg") || name.endsWith(".jpeg")) {
      return MimeTypeUtils.IMAGE_JPEG;
    } else if (name.endsWith(".gif")) {
      return MimeTypeUtils.IMAGE_GIF;
    }
    return name.endsWith(".webp") ? MimeType.valueOf("image/webp") : MimeTypeUtils.IMAGE_PNG;
  }

  private static Message assistant(LmMessage message) {
    List<AssistantMessage.ToolCall> calls = new ArrayList<>();
    StringBuilder thought = new StringBuilder();
    for (MessagePart part : message.parts()) {
      if (part instanceof MessagePart.ToolCall call) {
        calls.add(
            new AssistantMessage.ToolCall(call.id(), "function", call.name(), call.arguments()));
      } else if (part instanceof MessagePart.Thinking thinking) {
        thought.append(thinking.text());
      } else if (!(part instanceof MessagePart.Text)) {
        throw misplaced(message, part, "takes texts, thinking and tool calls only");
      }
    }
    return AssistantMessage.builder()
        .content(message.text().isEmpty() && !calls.isEmpty() ? null : message.text())
        .toolCalls(calls)
        .properties(thought.isEmpty() ? Map.of() : Map.of(REASONING, thought.toString()))
        .build();
  }

  private static Message results(LmMessage message) {
    List<ToolResponse> responses = new ArrayList<>();
    for (MessagePart part : message.parts()) {
      if (!(part instanceof MessagePart.ToolResult result)) {
        throw misplaced(message, part, "takes results of tools only");
      }
      responses.add(new ToolResponse(result.callId(), result.name(), result.text()));
    }
    return ToolResponseMessage.builder().responses(responses).build();
  }

  private static LmException misplaced(LmMessage message, MessagePart part, String takes) {
    return new LmException.InvalidRequest(
        "The %s message has the part %s and %s. Maybe move it to a message of another role."
            .formatted(
                message.role().name().toLowerCase(Locale.ROOT),
                part.getClass().getSimpleName(),
                takes),
        null);
  }
}
