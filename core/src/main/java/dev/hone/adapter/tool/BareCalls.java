package dev.hone.adapter.tool;

import dev.hone.coerce.TypeMismatchException;
import dev.hone.json.JsonParts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Finds calls that are JSON with no sign around them: at the end of a text, one after another. A
 * call that stands within prose may be an example, and is refused.
 */
final class BareCalls {
  private static final Pattern EXAMPLE =
      Pattern.compile(
          "\\b(?:examples?|e\\.g\\.|for instance|such as|format|could|would|like this|syntax)\\b",
          Pattern.CASE_INSENSITIVE);
  private static final String FENCE = "```";
  private static final int LOOKED_AT = 200;

  private BareCalls() {}

  /**
   * Calls and where they begin.
   *
   * @param start where the first begins
   */
  record Found(int start, List<CallForm> calls) {}

  /** A text without the fence around the whole. */
  static String unfenced(String text) {
    String bare = text.strip();
    int line = bare.indexOf('\n');
    int end = bare.length() - FENCE.length();
    boolean fenced =
        bare.startsWith(FENCE) && line > 0 && line < end && bare.indexOf(FENCE, line) == end;
    return fenced ? bare.substring(line + 1, end) : bare;
  }

  /**
   * The calls that a text ends with; empty if it has none.
   *
   * @throws TypeMismatchException if it has calls that may not be meant
   */
  static Optional<Found> of(String text, String path) {
    int skipped = 0;
    JsonParts parts = JsonParts.of(text);
    List<JsonParts.Part> found = new ArrayList<>();
    for (JsonParts.Part part : parts.parts()) {
      if (isCalls(part.value())) {
        found.add(part);
      } else {
        skipped += found.isEmpty() ? 0 : 1;
      }
    }
    if (found.isEmpty()) {
      return Optional.empty();
    }
    String inner = parts.text();
    int offset = Math.max(0, text.indexOf(inner));
    check(inner, found, skipped > 0 || parts.broken(), path);
    List<CallForm> calls = new ArrayList<>();
    for (JsonParts.Part part : found) {
      Iterable<JsonNode> items = part.value().isArray() ? part.value() : List.of(part.value());
      for (JsonNode item : items) {
        CallForm call = CallForm.of(item, path);
        if (call != null) {
          calls.add(call);
        }
      }
    }
    return calls.isEmpty()
        ? Optional.empty()
        : Optional.of(new Found(offset + found.get(0).start(), calls));
  }

  private static boolean isCalls(JsonNode value) {
    if (!value.isArray()) {
      return CallForm.isPlain(value);
    }
    return !value.isEmpty() && value.valueStream().allMatch(CallForm::isPlain);
  }

  private static void check(
      String text, List<JsonParts.Part> found, boolean mixed, String path) {
    JsonParts.Part last = found.get(found.size() - 1);
    for (JsonParts.Part part : found) {
      if (part.doubt() != null) {
        throw new TypeMismatchException(path, "can be read in two ways: " + part.doubt());
      }
    }
    if (last.truncated()) {
      throw new TypeMismatchException(path, "a call ends before it is complete");
    }
    boolean loose = mixed || !isGap(text.substring(last.end()));
    for (int i = 1; i < found.size(); i++) {
      loose |= !isGap(text.substring(found.get(i - 1).end(), found.get(i).start()));
    }
    String before = text.substring(0, found.get(0).start());
    String near = before.substring(Math.max(0, before.length() - LOOKED_AT));
    if (loose || !endsLine(near) || EXAMPLE.matcher(near).find()) {
      throw new TypeMismatchException(
          path, "a call stands within prose, and may be meant or an example");
    }
  }

  /** Whether a text ends with a line break, before the opening of a fence perhaps. */
  private static boolean endsLine(String text) {
    int fence = text.lastIndexOf(FENCE);
    boolean opens = fence >= 0 && text.indexOf('\n', fence) == text.stripTrailing().length();
    String before = (opens ? text.substring(0, fence) : text).replace("\t", "").replace(" ", "");
    return before.isEmpty() || before.endsWith("\n") || before.endsWith("\r");
  }

  /** Whether a text has nothing but white space, commas and the lines of fences. */
  private static boolean isGap(String between) {
    for (int i = 0; i < between.length(); i++) {
      char c = between.charAt(i);
      if (between.startsWith(FENCE, i)) {
        int end = between.indexOf('\n', i);
        i = end < 0 ? between.length() : end;
      } else if (!Character.isWhitespace(c) && c != ',' && c != ';' && c != ']') {
        return false;
      }
    }
    return true;
  }
}
