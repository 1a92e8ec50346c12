package dev.hone.adapter.turn;

import dev.hone.adapter.tool.SectionLayout;
import dev.hone.lm.LmMessage;
import dev.hone.lm.Media;
import dev.hone.lm.MessagePart;
import dev.hone.lm.media.MediaJson;
import dev.hone.type.FieldType;
import dev.hone.type.MessageKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One turn of the user under way: sections and texts, with images and files where they stand. */
public final class UserTurn {
  private final SectionLayout layout;
  private final List<MessagePart> parts = new ArrayList<>();
  private final StringBuilder text = new StringBuilder(256);

  /** A turn without anything. */
  public UserTurn(SectionLayout layout) {
    this.layout = layout;
  }

  /** Adds a section; an image or a file, or those of a list, as parts of their own. */
  public void section(String name, FieldType type, JsonNode value) {
    MessageKind kind = mediaKind(type);
    if (kind == null || value.isNull() || value.isArray() && value.isEmpty()) {
      text.append(layout.section(name, value, type));
      return;
    }
    text.append(layout.open(name));
    for (JsonNode one : value.isArray() ? value : List.of(value)) {
      media(kind == MessageKind.FILE ? MediaJson.file(one) : MediaJson.image(one));
    }
    text.append(layout.close(name));
  }

  /** The kind of an image or a file, a list of them, or one that may be absent; else null. */
  private static @Nullable MessageKind mediaKind(FieldType type) {
    FieldType present = type.withoutOptional();
    FieldType item =
        present instanceof FieldType.ListOf list ? list.item().withoutOptional() : present;
    return item instanceof FieldType.Message message && message.kind().isMedia()
        ? message.kind()
        : null;
  }

  /** Adds an image or a file. */
  public void media(Media media) {
    flush();
    parts.add(media);
  }

  /** Adds a text as it is. */
  public void text(String value) {
    text.append(value);
  }

  /** Ends the turn without white space behind it. */
  public void end() {
    endOr("");
  }

  /**
   * Ends the turn without white space behind it.
   *
   * @param otherwise what the turn says if it has nothing else, since providers take no empty turn
   */
  public void endOr(String otherwise) {
    while (!text.isEmpty() && Character.isWhitespace(text.charAt(text.length() - 1))) {
      text.setLength(text.length() - 1);
    }
    text.append(text.isEmpty() && parts.isEmpty() ? otherwise : "");
  }

  private void flush() {
    if (!text.isEmpty()) {
      parts.add(MessagePart.text(text.toString()));
      text.setLength(0);
    }
  }

  /** The turn as a message: a plain text where it has no image or file. */
  public LmMessage message() {
    if (parts.isEmpty()) {
      return LmMessage.user(text.toString());
    }
    flush();
    return LmMessage.of(LmMessage.Role.USER, parts);
  }
}
