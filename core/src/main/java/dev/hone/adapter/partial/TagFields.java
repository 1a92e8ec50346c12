package dev.hone.adapter.partial;

import dev.hone.adapter.frame.HeaderNames;
import dev.hone.adapter.xml.XmlText;
import dev.hone.adapter.xml.XmlValue;
import dev.hone.coerce.TypeMismatchException;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Fields between tags of their names, each once, with prose at most around them. At other tags
 * around fields, entities and CDATA sections it stops.
 */
final class TagFields implements Consumer<String> {
  private static final int LONGEST_TAG = 300;
  private static final Pattern TAG =
      Pattern.compile("<(?<close>/)?\\s*(?<name>[\\p{L}_][\\p{L}\\p{N}_ .-]*?)\\s*(?<empty>/)?>");

  private final ShownFields shown;
  private final HeaderNames names;
  private final Set<String> seen = new HashSet<>();
  private final StringBuilder tag = new StringBuilder();
  private final StringBuilder content = new StringBuilder();
  private final StringBuilder plain = new StringBuilder();
  private @Nullable Field field;
  private @Nullable TextDeltas text;
  private boolean over;

  TagFields(ShownFields shown, HeaderNames names) {
    this.shown = shown;
    this.names = names;
  }

  @Override
  public void accept(String delta) {
    for (int i = 0; i < delta.length() && !over; i++) {
      next(delta.charAt(i));
    }
    pass();
  }

  private void next(char c) {
    if (!tag.isEmpty()) {
      inTag(c);
    } else if (c == '<' || c == '&' && field != null) {
      tag.append(c);
    } else {
      plain.append(c);
    }
  }

  /** A sign that was held: a tag until it ends or is none, an entity until it is none. */
  private void inTag(char c) {
    if (tag.charAt(0) == '&') {
      over = Character.isLetter(c) || c == '#';
      release();
      next(c);
      return;
    }
    tag.append(c);
    if (c == '>') {
      tagEnded();
    } else if (tag.length() == 2 && c == '!' && field != null) {
      over = true;
    } else if (tag.length() == 2 && !(Character.isLetter(c) || "/\\_".indexOf(c) >= 0)
        || c == '<'
        || tag.length() > LONGEST_TAG) {
      tag.setLength(tag.length() - 1);
      release();
      next(c);
    }
  }

  /** What was held is text. */
  private void release() {
    plain.append(XmlText.reveal(tag.toString(), names));
    tag.setLength(0);
  }

  private void tagEnded() {
    Matcher matcher = TAG.matcher(tag);
    String name = matcher.matches() ? names.find(matcher.group("name")) : null;
    boolean closes = name != null && matcher.group("close") != null;
    Field open = field;
    if (open == null) {
      Field next = name == null ? null : names.outputs().get(name);
      over = next == null || closes || !seen.add(next.name());
      if (next != null && !over) {
        open(next, matcher.group("empty") != null);
      }
    } else if (name == null) {
      over = isOfField();
      release();
    } else {
      over = !closes || matcher.group("empty") != null || !name.equals(open.name());
      if (!over) {
        pass();
        close(open);
      }
    }
    tag.setLength(0);
  }

  /** Whether a tag of another form may be that of a field. */
  private boolean isOfField() {
    String inner = tag.substring(1, tag.length() - 1).replaceFirst("^\\s*/?\\s*", "");
    return !inner.startsWith("\\") && names.find(inner.replaceFirst("[\\s/].*$", "")) != null;
  }

  private void open(Field next, boolean empty) {
    plain.setLength(0);
    content.setLength(0);
    if (empty) {
      value(next, tag.toString());
      return;
    }
    field = next;
    Field own = shown.own(next.name());
    text =
        own != null && ShownFields.isText(own) && ShownFields.isText(next)
            ? new TextDeltas(shown, next, true)
            : null;
  }

  /** Takes over what is text for sure. */
  private void pass() {
    if (field != null && text != null && !over) {
      text.add(plain);
    } else if (field != null) {
      content.append(plain);
    }
    plain.setLength(0);
  }

  private void close(Field open) {
    field = null;
    if (text != null && text.begun() || open.type() instanceof FieldType.Message) {
      return;
    }
    value(open, (text == null ? content.toString() : text.held()).strip());
  }

  private void value(Field open, String raw) {
    try {
      JsonNode value = new XmlValue(names, false).read(open, raw);
      if (ShownFields.isText(open) && value.isString()) {
        shown.text(open.name(), value.stringValue());
      } else {
        shown.value(open.name(), value);
      }
    } catch (TypeMismatchException e) {
      over = true; // will be said of the whole reply
    }
  }
}
