package dev.hone.project.yaml;

import dev.hone.text.Excerpt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/** Reads a YAML text as a tree: one document, without anchors. */
public final class YamlTree {
  private static final int MOST_DEPTH = 40;
  private static final int SHOWN_CHARS = 60;
  private static final Pattern AT = Pattern.compile("line:? (\\d+), column:? (\\d+)");
  private static final YAMLFactory YAML = new YAMLFactory();

  private final Problems problems;
  private final JsonParser parser;
  private int depth;

  private YamlTree(JsonParser parser, Problems problems) {
    this.parser = parser;
    this.problems = problems;
  }

  /** The tree of a text; empty, with a problem, where it is no YAML. */
  public static Optional<YamlNode> read(String text, Problems problems) {
    Optional<Problem> tab = tab(text);
    if (tab.isPresent()) {
      problems.add(tab.get());
      return Optional.empty();
    }
    try (JsonParser parser =
        YAML.createParser(tools.jackson.core.ObjectReadContext.empty(), text)) {
      return Optional.ofNullable(new YamlTree(parser, problems).document());
    } catch (JacksonException e) {
      problems.add(notYaml(text, e));
      return Optional.empty();
    } catch (TooDeepException e) {
      problems.add(
          new Problem(
              e.line, 1, "", "more than %d levels".formatted(MOST_DEPTH), "fewer", "flatten it"));
      return Optional.empty();
    }
  }

  private static final class TooDeepException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    final int line;

    TooDeepException(int line) {
      super("too deep", null, false, false);
      this.line = line;
    }
  }

  /** YAML takes no tab at the beginning of a line, and its errors do not say so plainly. */
  private static Optional<Problem> tab(String text) {
    String[] lines = text.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      int end = 0;
      while (end < lines[i].length() && (lines[i].charAt(end) == ' ')) {
        end++;
      }
      if (end < lines[i].length() && lines[i].charAt(end) == '\t' && !lines[i].isBlank()) {
        return Optional.of(
            new Problem(
                i + 1,
                end + 1,
                "",
                "a tab before the key",
                "spaces",
                "replace tabs by two spaces"));
      }
    }
    return Optional.empty();
  }

  private static Problem notYaml(String text, JacksonException error) {
    TokenStreamLocation place = error.getLocation();
    int line = place == null ? 0 : place.getLineNr();
    int column = place == null ? 0 : place.getColumnNr();
    String message = String.valueOf(error.getOriginalMessage());
    Matcher at = AT.matcher(message);
    while (at.find()) {
      line = Integer.parseInt(at.group(1));
      column = Integer.parseInt(at.group(2));
    }
    List<String> lines = text.lines().toList();
    String there = line > 0 && line <= lines.size() ? lines.get(line - 1).strip() : "";
    String reason = message.lines().findFirst().orElse("");
    return new Problem(
        Math.max(1, line),
        column,
        "",
        "\"" + Excerpt.ofLine(there, SHOWN_CHARS) + "\"",
        "YAML (" + reason.strip() + ")",
        fix(there, reason));
  }

  private static String fix(String line, String reason) {
    if (reason.contains("flow") || line.matches(".*\\{[^}]*") || line.matches(".*\\[[^\\]]*")) {
      return "a closing bracket is missing";
    }
    if (line.chars().filter(c -> c == '"').count() % 2 == 1 || reason.contains("quoted")) {
      return "a closing quote is missing";
    }
    if (reason.contains("mapping values are not allowed") || line.matches(".*:.*: .*")) {
      return "a text that has a colon and a space stands without quotes; put it in quotes";
    }
    if (line.matches("[^:]*:\\S.*")) {
      return "a space is missing after the colon";
    }
    if (line.matches(".*[:\\[{,] *[%@`&*!|>].*")) {
      return "a text begins with a sign that YAML keeps for itself; put it in quotes";
    }
    return "the line is indented by other than the lines around it";
  }

  private @Nullable YamlNode document() {
    JsonToken first = parser.nextToken();
    if (first == null) {
      problems.add(
          new Problem(0, 0, "", "an empty file", "a project", "write one: hone init DATA.csv"));
      return null;
    }
    YamlNode root = value(first);
    if (parser.nextToken() != null) {
      problems.add(
          new Problem(line(), column(), "", "a second document", "one", "remove the line ---"));
    }
    return root;
  }

  private int line() {
    return parser.currentTokenLocation().getLineNr();
  }

  private int column() {
    return Math.max(1, parser.currentTokenLocation().getColumnNr());
  }

  private YamlNode value(@Nullable JsonToken token) {
    if (++depth > MOST_DEPTH) {
      throw new TooDeepException(line());
    }
    refuseAlias();
    YamlNode node = anyValue(token);
    depth--;
    return node;
  }

  private YamlNode anyValue(@Nullable JsonToken token) {
    if (token == JsonToken.START_OBJECT) {
      return map();
    } else if (token == JsonToken.START_ARRAY) {
      return list();
    } else if (token == null || token == JsonToken.VALUE_NULL) {
      return YamlNode.nothing(line(), column());
    }
    String text = String.valueOf(parser.getString());
    if (token == JsonToken.VALUE_STRING && text.isEmpty()) {
      return YamlNode.nothing(line(), column());
    }
    return YamlNode.scalar(line(), column(), text, token == JsonToken.VALUE_STRING);
  }

  /** Anchors make a small file large, and no one needs them here. */
  private void refuseAlias() {
    if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
      problems.add(
          new Problem(
              line(), column(), "", "an alias (*name)", "the value itself", "write it out"));
    }
  }

  private YamlNode map() {
    int line = line();
    int column = column();
    Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
    JsonToken token = parser.nextToken();
    while (token != null && token != JsonToken.END_OBJECT) {
      String key = String.valueOf(parser.currentName()).strip();
      int keyLine = line();
      int keyColumn = column();
      YamlNode value = value(parser.nextToken());
      YamlNode.Entry entry = new YamlNode.Entry(key, keyLine, keyColumn, value);
      YamlNode.Entry before = entries.putIfAbsent(key, entry);
      if (before != null) {
        problems.add(
            entry,
            "",
            "the key \"%s\" a second time (first in line %d)".formatted(key, before.line()),
            "each key once",
            "remove one of them");
      }
      token = parser.nextToken();
    }
    return new YamlNode(
        line, column, YamlNode.Kind.MAP, "", false, List.copyOf(entries.values()), List.of());
  }

  private YamlNode list() {
    int line = line();
    int column = column();
    List<YamlNode> items = new ArrayList<>();
    JsonToken token = parser.nextToken();
    while (token != null && token != JsonToken.END_ARRAY) {
      items.add(value(token));
      token = parser.nextToken();
    }
    return new YamlNode(line, column, YamlNode.Kind.LIST, "", false, List.of(), items);
  }
}
