package dev.hone.tool;

import dev.hone.lm.MessagePart;
import java.util.List;

/**
 * What a tool returned, as the model reads it.
 *
 * @param parts texts and images; none for an empty result
 */
public record ToolOutput(List<MessagePart> parts) {
  /** Copies the parts. */
  public ToolOutput {
    parts = List.copyOf(parts);
  }

  /** A text. */
  public static ToolOutput text(String text) {
    return new ToolOutput(List.of(MessagePart.text(text)));
  }
}
