package dev.hone.adapter.partial;

import dev.hone.adapter.frame.HeaderNames;
import dev.hone.coerce.Coercion;
import dev.hone.coerce.TypeMismatchException;
import dev.hone.json.Json;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * The keys of one strict JSON object, after at most prose without brackets. At anything else, such
 * as a repair that only the whole reply allows, it stops.
 */
final class JsonFields implements Consumer<String> {
  private final ShownFields shown;
  private final HeaderNames names;
  private final Set<String> seen = new HashSet<>();
  private final StringBuilder raw = new StringBuilder();
  private final JsonText string = new JsonText();
  private State state = State.PREFACE;
  private @Nullable Field field;
  private @Nullable TextDeltas text;
  private int depth;
  private boolean quoted;

  private enum State {
    PREFACE,
    KEY_OR_END,
    KEY,
    IN_KEY,
    COLON,
    VALUE,
    IN_TEXT,
    IN_VALUE,
    AFTER,
    OVER
  }

  JsonFields(ShownFields shown, HeaderNames names) {
    this.shown = shown;
    this.names = names;
  }

  @Override
  public void accept(String delta) {
    for (int i = 0; i < delta.length() && state != State.OVER; i++) {
      next(delta.charAt(i));
    }
    showText();
  }

  /** Shows what has come of a text, once for all characters of a stretch. */
  private void showText() {
    if (text != null && state == State.IN_TEXT) {
      text.add(string.take());
    }
  }

  private void next(char c) {
    switch (state) {
      case PREFACE -> preface(c);
      case IN_KEY -> key(c);
      case IN_TEXT -> text(c);
      case IN_VALUE -> value(c);
      default -> {
        if (" \t\r\n".indexOf(c) < 0) {
          between(c);
        }
      }
    }
  }

  private void preface(char c) {
    if (c == '{') {
      state = State.KEY_OR_END;
    } else if ("[<#}".indexOf(c) >= 0) {
      state = State.OVER;
    }
  }

  private void between(char c) {
    state =
        switch (state) {
          case KEY_OR_END -> c == '"' ? State.IN_KEY : State.OVER;
          case KEY -> c == '"' ? State.IN_KEY : State.OVER;
          case COLON -> c == ':' ? State.VALUE : State.OVER;
          case AFTER -> c == ',' ? State.KEY : State.OVER;
          default -> state;
        };
    if (state == State.IN_KEY) {
      string.clear();
    } else if (state == State.VALUE && c != ':') {
      begin(c);
    }
  }

  private void key(char c) {
    switch (string.add(c)) {
      case ENDED -> known(string.take());
      case REFUSED -> state = State.OVER;
      default -> {}
    }
  }

  private void known(String key) {
    String name = names.find(key);
    field = name == null ? null : names.outputs().get(name);
    boolean question = name != null && field == null;
    boolean twice = name != null && !seen.add(name);
    state = question || twice ? State.OVER : State.COLON;
  }

  private void begin(char c) {
    Field key = field;
    Field own = key == null ? null : shown.own(key.name());
    if (c == '"' && key != null && own != null && ShownFields.isText(own) && isText(key)) {
      text = new TextDeltas(shown, key, false);
      string.clear();
      state = State.IN_TEXT;
      return;
    }
    text = null;
    raw.setLength(0);
    depth = 0;
    quoted = false;
    state = State.IN_VALUE;
    value(c);
  }

  private static boolean isText(Field field) {
    return ShownFields.isText(field);
  }

  private void text(char c) {
    switch (string.add(c)) {
      case ENDED -> textEnded();
      case REFUSED -> {
        showText();
        state = State.OVER;
      }
      default -> {}
    }
  }

  private void textEnded() {
    if (text != null && field != null) {
      text.add(string.take());
      if (!text.begun()) {
        show(StringNode.valueOf(text.held()));
      }
    }
    state = State.AFTER;
  }

  /** A value that is shown as a whole, or of no field: until it ends. */
  private void value(char c) {
    if (quoted) {
      raw.append(c);
      quoted = c != '"' || isEscaped();
      if (!quoted && depth == 0) {
        valueEnded();
      }
      return;
    }
    boolean closes = c == '}' || c == ']';
    if (depth == 0 && (closes || c == ',')) {
      valueEnded();
      between(c);
      return;
    }
    raw.append(c);
    quoted = c == '"';
    depth += c == '{' || c == '[' ? 1 : closes ? -1 : 0;
    if (closes && depth == 0) {
      valueEnded();
    }
  }

  private boolean isEscaped() {
    int slashes = 0;
    for (int i = raw.length() - 2; i >= 0 && raw.charAt(i) == '\\'; i--) {
      slashes++;
    }
    return slashes % 2 == 1;
  }

  private void valueEnded() {
    state = State.AFTER;
    if (field == null || field.type() instanceof FieldType.Message) {
      return;
    }
    try {
      show(Json.parse(raw.toString()));
    } catch (JacksonException e) {
      state = State.OVER;
    }
  }

  private void show(JsonNode read) {
    Field of = field;
    if (of == null) {
      return;
    }
    try {
      JsonNode value = Coercion.value(of, read, of.name());
      if (isText(of) && value.isString()) {
        shown.text(of.name(), value.stringValue());
      } else {
        shown.value(of.name(), value);
      }
    } catch (TypeMismatchException e) {
      state = State.OVER; // will be said of the whole reply
    }
  }
}
