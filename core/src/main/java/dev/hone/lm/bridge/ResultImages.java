package dev.hone.lm.bridge;

import dev.hone.lm.LmMessage;
import dev.hone.lm.LmMessage.Role;
import dev.hone.lm.MessagePart;
import dev.hone.lm.MessagePart.ToolResult;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts the images that tools returned where the provider takes them. Where that is in messages of
 * the user only, as OpenAI has it, such a message follows the results, in which numbers stand for
 * the images.
 */
public final class ResultImages {
  private final List<MessagePart> shown = new ArrayList<>();
  private int count;

  private ResultImages() {}

  /** The messages, as they are where results may have images. */
  public static List<LmMessage> placed(List<LmMessage> messages, boolean imagesInResults) {
    if (imagesInResults) {
      return messages;
    }
    List<LmMessage> placed = new ArrayList<>();
    ResultImages images = new ResultImages();
    for (LmMessage message : messages) {
      if (message.role() != Role.TOOL) {
        images.flush(placed);
      }
      placed.add(message.role() == Role.TOOL ? images.without(message) : message);
    }
    images.flush(placed);
    return placed;
  }

  private LmMessage without(LmMessage message) {
    List<MessagePart> parts = new ArrayList<>();
    for (MessagePart part : message.parts()) {
      boolean images = part instanceof ToolResult result && !result.images().isEmpty();
      parts.add(images ? without((ToolResult) part) : part);
    }
    return LmMessage.of(Role.TOOL, parts);
  }

  private ToolResult without(ToolResult result) {
    List<String> texts = new ArrayList<>();
    for (MessagePart part : result.content()) {
      if (part instanceof MessagePart.Text text) {
        texts.add(text.text());
      } else {
        String label = "[image " + ++count + "]";
        texts.add(label);
        shown.add(MessagePart.text(label + " of the result of " + result.name() + ":"));
        shown.add(part);
      }
    }
    return MessagePart.toolResult(
        result.callId(), result.name(), String.join("\n", texts), result.isError());
  }

  private void flush(List<LmMessage> placed) {
    if (!shown.isEmpty()) {
      placed.add(LmMessage.of(Role.USER, shown));
      shown.clear();
      count = 0;
    }
  }
}
