package dev.hone.adapter.tool;

import dev.hone.json.Json;
import dev.hone.json.LenientJson;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads calls written as in a program, {@code [search(query="x"), lookup(id=3)]}: names, and
 * arguments by name whose values are JSON or the like. Anything else, such as an expression, is no
 * such call. Nothing is ever run. Time grows with the length of the text.
 */
final class PythonCalls {
  private static final Pattern NAME = Pattern.compile("\\s*+(?<name>[A-Za-z_][\\w.-]{0,79})\\(");
  private static final Pattern KEY = Pattern.compile("\\s*+(?<key>[A-Za-z_]\\w{0,79})\\s*+=\\s*+");
  private static final Pattern NEXT = Pattern.compile("\\s*+[,;]?+\\s*+");

  private final String text;
  private int at;

  private PythonCalls(String text) {
    this.text = text;
  }

  /** The calls that a text is, and nothing else; empty if it is none. */
  static List<CallForm> of(String text) {
    String bare = text.strip();
    boolean list = bare.startsWith("[") && bare.endsWith("]");
    String inner = list ? bare.substring(1, bare.length() - 1) : bare;
    PythonCalls calls = new PythonCalls(inner);
    List<CallForm> found = calls.calls();
    return found == null ? List.of() : found;
  }

  private @Nullable List<CallForm> calls() {
    List<CallForm> calls = new ArrayList<>();
    Matcher name = NAME.matcher(text);
    while (at < text.length()) {
      if (!name.region(at, text.length()).lookingAt()) {
        return null;
      }
      at = name.end();
      ObjectNode arguments = arguments();
      if (arguments == null) {
        return null;
      }
      String tool = name.group("name");
      boolean call = tool.endsWith(".call");
      calls.add(
          new CallForm("", call ? tool.substring(0, tool.length() - 5) : tool, arguments));
      skip();
    }
    return calls;
  }

  private void skip() {
    Matcher next = NEXT.matcher(text).region(at, text.length());
    at = next.lookingAt() ? next.end() : at;
  }

  /** The arguments up to the closing bracket; null if they are of another form. */
  private @Nullable ObjectNode arguments() {
    ObjectNode arguments = Json.object();
    Matcher key = KEY.matcher(text);
    while (true) {
      skip();
      if (at < text.length() && text.charAt(at) == ')') {
        at++;
        return arguments;
      }
      if (!key.region(at, text.length()).lookingAt() || arguments.has(key.group("key"))) {
        return null;
      }
      at = key.end();
      int end = valueEnd();
      JsonNode value = end < 0 ? null : value(text.substring(at, end).strip());
      if (value == null) {
        return null;
      }
      arguments.set(key.group("key"), value);
      at = end;
    }
  }

  private static @Nullable JsonNode value(String raw) {
    return LenientJson.read(raw)
        .filter(reading -> reading.doubt() == null && !reading.truncated() && !reading.surrounded())
        .map(LenientJson.Reading::value)
        .orElse(null);
  }

  /** Where the value that begins here ends: before a comma or bracket outside of it; -1 for none. */
  private int valueEnd() {
    int depth = 0;
    for (int i = at; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\'') {
        i = quoteEnd(i);
      } else if (c == '[' || c == '{' || c == '(') {
        depth++;
      } else if (depth == 0 && (c == ',' || c == ')')) {
        return i;
      } else if (c == ']' || c == '}' || c == ')') {
        depth--;
      }
    }
    return -1;
  }

  private int quoteEnd(int open) {
    for (int i = open + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == text.charAt(open)) {
        return i;
      }
    }
    return text.length();
  }
}
