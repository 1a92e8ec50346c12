package dev.hone.adapter.partial;

import dev.hone.adapter.frame.HeaderNames;
import dev.hone.adapter.frame.HeaderText;
import dev.hone.adapter.frame.TurnToken;
import dev.hone.coerce.Coercion;
import dev.hone.coerce.TypeMismatchException;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Sections marked by headers: only by those in brackets alone on their lines, each once, without a
 * repeated question. At anything else it stops.
 */
final class SectionFields implements Consumer<String> {
  private static final Pattern ALONE =
      Pattern.compile(
          "[ \\t\\u00a0>#*_`-]*\\[{1,2}[ \\t\\u00a0]*##+[ \\t\\u00a0]*(?<name>[^#\\[\\]\\\\]{1,200}?)"
              + "[ \\t\\u00a0]*##+[ \\t\\u00a0]*]{1,2}[*_`]*:?\\s*");
  private static final Pattern ANYWHERE =
      Pattern.compile(
          "(?<!\\\\)##[ \\t\\u00a0]*(?<name>[^#\\[\\]\\\\\\n]{1,200}?)[ \\t\\u00a0]*\\\\*##");
  private static final Pattern THOUGHTS =
      Pattern.compile(
          "<\\s*/?\\s*(?:think|thinking|thought|reasoning|analysis|reflection|scratchpad)\\b"
              + "|\\[/?THINK]|<\\||◁",
          Pattern.CASE_INSENSITIVE);

  private final ShownFields shown;
  private final HeaderNames names;
  private final Set<String> seen = new HashSet<>();
  private final LineScan line = new LineScan();
  private final StringBuilder content = new StringBuilder();
  private @Nullable Field field;
  private @Nullable TextDeltas text;
  private boolean fenced;
  private boolean fencedBefore;
  private boolean over;

  SectionFields(ShownFields shown, HeaderNames names) {
    this.shown = shown;
    this.names = names;
  }

  /** A reply that is one text as a whole. */
  static SectionFields ofText(ShownFields shown, HeaderNames names, Field only) {
    SectionFields fields = new SectionFields(shown, names);
    fields.open(only);
    return fields;
  }

  @Override
  public void accept(String delta) {
    int from = 0;
    while (!over) {
      int end = delta.indexOf('\n', from);
      line.add(delta.substring(from, end < 0 ? delta.length() : end));
      if (end < 0) {
        if (text != null) {
          text.add(line.release());
        }
        return;
      }
      lineEnded();
      line.clear();
      from = end + 1;
    }
  }

  private void lineEnded() {
    String whole = line.line();
    if (whole.indexOf("##") >= 0 && header(whole) || over) {
      return;
    }
    if (hasOtherTurns(whole)) {
      over = true;
    } else if (whole.stripLeading().startsWith("```")) {
      fence();
    }
    if (field != null && !over) {
      add(line.rest() + "\n");
    }
  }

  /** Whether the line is a header; stops where it may be one. */
  private boolean header(String whole) {
    Matcher alone = ALONE.matcher(whole);
    String name = alone.matches() ? names.find(alone.group("name")) : null;
    if (name != null) {
      section(name);
      return true;
    }
    if (alone.matches()) {
      over = field != null && text == null; // other sections before the first are passed over
      return over;
    }
    Matcher anywhere = ANYWHERE.matcher(whole);
    while (anywhere.find()) {
      over |= names.find(anywhere.group("name")) != null;
    }
    return over;
  }

  private void section(String name) {
    Field next = names.outputs().get(name);
    boolean ends = name.equals(names.marker());
    if (fenced || !ends && (next == null || !seen.add(name))) {
      over = true;
      return;
    }
    close();
    if (next == null) {
      over = true;
    } else {
      open(next);
    }
  }

  private void open(Field next) {
    field = next;
    Field own = shown.own(next.name());
    text =
        own != null && ShownFields.isText(own) && ShownFields.isText(next)
            ? new TextDeltas(shown, next, true)
            : null;
  }

  /** A fence around the whole reply may close after the last section. */
  private void fence() {
    if (field == null) {
      fencedBefore = !fencedBefore;
    } else if (fencedBefore && !fenced) {
      over = true;
    } else {
      fenced = !fenced;
    }
  }

  private static boolean hasOtherTurns(String whole) {
    return (whole.indexOf('<') >= 0 || whole.indexOf('[') >= 0 || whole.indexOf('◁') >= 0)
        && (THOUGHTS.matcher(whole).find() || !TurnToken.all(whole).isEmpty());
  }

  private void add(String said) {
    if (text != null) {
      text.add(HeaderText.reveal(said));
    } else {
      content.append(said);
    }
  }

  /** Shows the value of a section that has ended. */
  private void close() {
    Field ended = field;
    if (ended == null) {
      return;
    }
    if (text == null) {
      value(ended, HeaderText.reveal(content.toString().strip()));
    } else if (!text.begun()) {
      value(ended, text.held().strip());
    }
    content.setLength(0);
    field = null;
  }

  private void value(Field ended, String raw) {
    if (ended.type() instanceof FieldType.Message || raw.equals("(not given in this example)")) {
      return;
    }
    try {
      var value = Coercion.text(ended, raw, ended.name());
      if (ShownFields.isText(ended) && value.isString()) {
        shown.text(ended.name(), value.stringValue());
      } else {
        shown.value(ended.name(), value);
      }
    } catch (TypeMismatchException e) {
      over = true; // what the model wrote does not fit, and will be said of the whole reply
    }
  }
}
