package dev.hone.adapter.tool;

import dev.hone.coerce.TypeMismatchException;
import dev.hone.json.Json;
import dev.hone.json.JsonParts;
import dev.hone.json.LenientJson;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Reads what stands between the signs of calls: JSON, tagged parameters, calls as in a program. */
final class CallBodies {
  private static final Pattern PARAMETER =
      Pattern.compile("<parameter(?:=(?<plain>[^>\\n]{1,80})| name=\"(?<quoted>[^\"\\n]{1,80})\"[^>\\n]{0,80})>");
  private static final Pattern KEY =
      Pattern.compile("<arg_key>(?<key>[^<]{1,200})</arg_key>\\s{0,20}<arg_value>");
  private static final Pattern ARGS =
      Pattern.compile("\\s*+(?<name>[\\w.-]{1,80})\\s*+(?:\\[CALL_ID][\\w-]{0,80})?+(?:\\[ARGS])?+\\s*+(?=\\{)");
  private static final Pattern INPUT =
      Pattern.compile("^[ \\t*#]{0,6}Action[ _]Input[ \\t*]{0,4}:", Pattern.MULTILINE);

  private final String path;
  private final ToolTypes types;

  CallBodies(String path, ToolTypes types) {
    this.path = path;
    this.types = types;
  }

  /** The content of a pair of tags. */
  List<CallForm> ofTag(String body) {
    int key = body.indexOf("<arg_key>");
    if (key > 0 && !body.stripLeading().startsWith("{")) {
      return List.of(ofKeys(body.substring(0, key).strip(), body.substring(key)));
    }
    String bare = body.strip();
    if (types.isTool(bare)) {
      return List.of(new CallForm("", bare, Json.object()));
    }
    return isLayout(bare) ? List.of() : ofList(body);
  }

  /** Whether a text is a layout that a model repeats rather than a call. */
  private static boolean isLayout(String bare) {
    return bare.isEmpty() || bare.equals("...") || bare.equals("…") || bare.contains("<function-name>");
  }

  private CallForm ofKeys(String name, String body) {
    ObjectNode arguments = Json.object();
    Matcher matcher = KEY.matcher(body);
    int from = 0;
    while (matcher.find(from)) {
      int end = body.indexOf("</arg_value>", matcher.end());
      if (end < 0) {
        throw CallTexts.unreadable(path, body, "a call ends before it is complete");
      }
      set(arguments, name, matcher.group("key").strip(), body.substring(matcher.end(), end));
      from = end;
    }
    if (arguments.isEmpty()) {
      throw CallTexts.unreadable(path, body, "a call's arguments cannot be told apart");
    }
    return new CallForm("", name, arguments);
  }

  private void set(ObjectNode arguments, String tool, String name, String value) {
    JsonNode read = types.value(tool, name, value);
    JsonNode before = arguments.get(name);
    if (before != null && !before.equals(read)) {
      throw CallTexts.unreadable(path, value, "the argument " + name + " is there twice");
    }
    arguments.set(name, read);
  }

  /** The body of a function's tag: tagged parameters, or JSON. */
  CallForm ofFunction(String name, String body) {
    Matcher matcher = PARAMETER.matcher(body);
    if (!matcher.find()) {
      return new CallForm("", name, arguments(body));
    }
    ObjectNode arguments = Json.object();
    int from = 0;
    while (matcher.find(from)) {
      int end = body.indexOf("</parameter>", matcher.end());
      if (end < 0) {
        throw CallTexts.unreadable(path, body, "a call ends before it is complete");
      }
      String key = matcher.group("plain") == null ? matcher.group("quoted") : matcher.group("plain");
      set(arguments, name, key.strip(), trimmed(body.substring(matcher.end(), end)));
      from = end;
    }
    return new CallForm("", name, arguments);
  }

  /** A value on lines of its own without the line breaks around it. */
  private static String trimmed(String value) {
    int from = value.startsWith("\n") ? 1 : 0;
    int to = value.length() > from && value.endsWith("\n") ? value.length() - 1 : value.length();
    return value.substring(from, to);
  }

  /** The arguments of a call whose name stands before them. */
  CallForm ofName(String name, String body) {
    if (name.isBlank()) {
      throw CallTexts.unreadable(path, body, "a call has no name");
    }
    return new CallForm("", name, arguments(body));
  }

  private JsonNode arguments(String body) {
    if (body.isBlank()) {
      return Json.object();
    }
    JsonParts parts = JsonParts.of(body.strip());
    if (parts.parts().size() == 1 && !parts.broken()) {
      JsonParts.Part part = parts.parts().get(0);
      if (part.truncated()) {
        throw CallTexts.unreadable(path, body, "a call ends before it is complete");
      }
      if (part.value().isObject() && part.doubt() == null && parts.before(0).isBlank()) {
        return part.value();
      }
    }
    String text = body.strip();
    return CallForm.read(
        LenientJson.read(text)
            .filter(reading -> reading.strict() && reading.value().isString())
            .map(LenientJson.Reading::value)
            .orElse(StringNode.valueOf(text)));
  }

  /** The name in a token such as {@code functions.search:0}. */
  String nameOfToken(String token) {
    String name = token.strip();
    name = name.startsWith("functions.") ? name.substring("functions.".length()) : name;
    return name.replaceFirst(":\\d{1,6}$", "");
  }

  /** The input of an action: an object, or the value of the tool's only parameter. */
  CallForm ofAction(String name, String body) {
    Matcher matcher = INPUT.matcher(body);
    String input = matcher.find() ? body.substring(matcher.end()).strip() : "";
    JsonNode arguments = arguments(input);
    String only = types.only(name);
    if (arguments.isString() && !only.isEmpty() && !input.startsWith("{")) {
      String bare = unquoted(arguments.stringValue());
      arguments = Json.object().set(only, types.value(name, only, bare));
    }
    return new CallForm("", name, arguments);
  }

  private static String unquoted(String text) {
    boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
    return quoted && text.indexOf('"', 1) == text.length() - 1
        ? text.substring(1, text.length() - 1)
        : text;
  }

  /** One or several calls: JSON, {@code name[ARGS]{…}}, or as in a program. */
  List<CallForm> ofList(String body) {
    Matcher named = ARGS.matcher(body);
    if (named.lookingAt()) {
      return List.of(ofName(named.group("name"), body.substring(named.end())));
    }
    List<CallForm> program = PythonCalls.of(body);
    if (!program.isEmpty()) {
      return program;
    }
    JsonParts parts = JsonParts.of(body);
    List<CallForm> calls = new ArrayList<>();
    for (JsonParts.Part part : parts.parts()) {
      if (part.truncated()) {
        throw CallTexts.unreadable(path, body, "a call ends before it is complete");
      }
      if (part.doubt() != null) {
        throw new TypeMismatchException(path, "can be read in two ways: " + part.doubt());
      }
      Iterable<JsonNode> items = part.value().isArray() ? part.value() : List.of(part.value());
      for (JsonNode item : items) {
        CallForm call = CallForm.of(item, path);
        if (call == null) {
          throw CallTexts.unreadable(path, body, "what is marked as a call is none");
        }
        calls.add(call);
      }
    }
    if (calls.isEmpty() || parts.broken()) {
      throw CallTexts.unreadable(path, body, "what is marked as a call is none");
    }
    return calls;
  }
}
