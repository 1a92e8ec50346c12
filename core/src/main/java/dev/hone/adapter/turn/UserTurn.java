package dev.hone.adapter.turn;

import dev.hone.adapter.tool.CallFields;
import dev.hone.adapter.tool.SectionLayout;
import dev.hone.coerce.JavaValues;
import dev.hone.lm.LmMessage;
import dev.hone.lm.MessagePart;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import dev.hone.type.MessageKind;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** One turn of the user under way: sections and texts, with images where they stand. */
public final class UserTurn {
  private final SectionLayout layout;
  private final List<MessagePart> parts = new ArrayList<>();
  private final StringBuilder text = new StringBuilder(256);

  /** A turn without anything. */
  public UserTurn(SectionLayout layout) {
    this.layout = layout;
  }

  /** Adds a section; an image, or the images of a list, as parts of their own. */
  public void section(String name, FieldType type, JsonNode value) {
    if (!isImages(type) || value.isNull() || value.isArray() && value.isEmpty()) {
      text.append(layout.section(name, value, type));
      return;
    }
    text.append(layout.open(name));
    for (JsonNode image : value.isArray() ? value : List.of(value)) {
      image(JavaValues.image(image));
    }
    text.append(layout.close(name));
  }

  /** Whether a type is that of an image, a list of them, or one that may be absent. */
  private static boolean isImages(FieldType type) {
    FieldType present = type.withoutOptional();
    FieldType item =
        present instanceof FieldType.ListOf list ? list.item().withoutOptional() : present;
    return CallFields.isKind(Field.of("item", item), MessageKind.IMAGE);
  }

  /** Adds an image. */
  public void image(MessagePart.Image image) {
    flush();
    parts.add(image);
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

  /** The turn as a message: a plain text where it has no image. */
  public LmMessage message() {
    if (parts.isEmpty()) {
      return LmMessage.user(text.toString());
    }
    flush();
    return LmMessage.of(LmMessage.Role.USER, parts);
  }
}
