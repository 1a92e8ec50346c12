package dev.hone.adapter.partial;

import dev.hone.adapter.frame.HeaderNames;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Passes a reply on without the thoughts in tags that it begins with. A reply that begins with
 * tokens of turns or channels, or is quoted, is not passed on at all.
 */
final class AfterThoughts implements Consumer<String> {
  private static final int LONGEST_TAG = 240;
  private static final String PLAIN = "think|thinking|thought";
  private static final Pattern OPENING =
      Pattern.compile(
          "<(?:(?<plain>"
              + PLAIN
              + ")|(?<other>reasoning|analysis|reflection|scratchpad))"
              + "(?:\\s[^<>]{0,200})?(?<!/)>",
          Pattern.CASE_INSENSITIVE);
  private static final String BRACKETS = "[THINK]";

  private final Consumer<String> next;
  private final boolean tagsAreFields;
  private final HeaderNames names;
  private final StringBuilder held = new StringBuilder();
  private String[] closing = {};
  private State state = State.START;

  private enum State {
    START,
    WITHIN,
    PASSED,
    BLOCKED
  }

  /**
   * A reply that has not begun.
   *
   * @param tagsAreFields whether a reply may begin with the tag of a field
   */
  AfterThoughts(Consumer<String> next, boolean tagsAreFields, HeaderNames names) {
    this.next = next;
    this.tagsAreFields = tagsAreFields;
    this.names = names;
  }

  @Override
  public void accept(String delta) {
    if (state == State.PASSED) {
      next.accept(delta);
    } else if (state != State.BLOCKED) {
      held.append(delta);
      step();
    }
  }

  /** Goes on as far as what is held allows. */
  private void step() {
    while (state == State.START || state == State.WITHIN) {
      if (!(state == State.START ? begun() : closed())) {
        return;
      }
    }
    if (state == State.PASSED) {
      next.accept(held.toString());
      held.setLength(0);
    }
  }

  /** Whether the beginning says how to go on. */
  private boolean begun() {
    int start = 0;
    while (start < held.length() && Character.isWhitespace(held.charAt(start))) {
      start++;
    }
    held.delete(0, start);
    if (held.isEmpty()) {
      return false;
    }
    char first = held.charAt(0);
    if (first == '<') {
      return tag();
    } else if (first == '[') {
      return brackets();
    }
    state = first == '>' || first == '◁' ? State.BLOCKED : State.PASSED;
    return true;
  }

  private boolean tag() {
    int end = held.indexOf(">");
    if (end < 0 && held.length() <= LONGEST_TAG) {
      return false;
    }
    Matcher matcher = OPENING.matcher(end < 0 ? "" : held.substring(0, end + 1));
    boolean thoughts = matcher.matches();
    String name = thoughts ? matcher.group(matcher.group("plain") == null ? "other" : "plain") : "";
    if (thoughts && !(tagsAreFields && names.outputs().containsKey(names.find(name)))) {
      held.delete(0, end + 1);
      closing =
          matcher.group("plain") == null
              ? new String[] {"</" + name.toLowerCase(Locale.ROOT) + ">"}
              : new String[] {"</think>", "</thinking>", "</thought>"};
      state = State.WITHIN;
    } else {
      boolean token = held.indexOf("<|") == 0 || held.indexOf("<｜") == 0;
      state = tagsAreFields && !token ? State.PASSED : State.BLOCKED;
    }
    return true;
  }

  private boolean brackets() {
    if (held.length() < BRACKETS.length() && BRACKETS.startsWith(held.toString())) {
      return false;
    }
    if (held.indexOf(BRACKETS) == 0) {
      held.delete(0, BRACKETS.length());
      closing = new String[] {"[/think]"};
      state = State.WITHIN;
    } else {
      state = State.PASSED;
    }
    return true;
  }

  /** Whether the thoughts have ended; what is held of them is no longer than a closing tag. */
  private boolean closed() {
    String text = held.toString().toLowerCase(Locale.ROOT);
    int end = -1;
    for (String tag : closing) {
      int at = text.indexOf(tag);
      if (at >= 0 && (end < 0 || at + tag.length() < end)) {
        end = at + tag.length();
      }
    }
    if (end < 0) {
      held.delete(0, Math.max(0, held.length() - "</scratchpad>".length()));
      return false;
    }
    held.delete(0, end);
    state = State.START;
    return true;
  }
}
