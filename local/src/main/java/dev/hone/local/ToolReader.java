package dev.hone.local;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the tools that a system message lists, such as {@code - `search` {"query": text}: finds
 * passages}, with what is said of their arguments below.
 */
final class ToolReader {
  private static final String HEADING = "Tools:";
  private static final Pattern TOOL = Pattern.compile("- `([A-Za-z0-9_-]{1,64})` (\\{.*)");
  private static final Pattern DETAIL = Pattern.compile("\\s+- `([^`]{1,200})`[^:]*: (.*)");
  private static final Pattern QUOTED_NAME = Pattern.compile("\"([^\"]{1,200})\": ");

  private ToolReader() {}

  /** The tools; none if the text lists none. */
  static List<ParsedTool> in(String system) {
    List<String> lines = system.lines().toList();
    List<ParsedTool> tools = new ArrayList<>();
    int start = lines.indexOf(HEADING);
    for (int i = start + 1; start >= 0 && i < lines.size() && !lines.get(i).isBlank(); i++) {
      line(tools, lines.get(i));
    }
    return List.copyOf(tools);
  }

  private static void line(List<ParsedTool> tools, String line) {
    Matcher tool = TOOL.matcher(line);
    Matcher detail = DETAIL.matcher(line);
    if (tool.matches()) {
      tools.add(tool(tool.group(1), tool.group(2)));
    } else if (detail.matches() && !tools.isEmpty()) {
      ParsedTool last = tools.remove(tools.size() - 1);
      tools.add(described(last, detail.group(1), detail.group(2)));
    }
  }

  private static ParsedTool described(ParsedTool tool, String parameter, String description) {
    List<ParsedField> parameters =
        tool.parameters().stream()
            .map(p -> p.name().equals(parameter) ? p.withDescription(description) : p)
            .toList();
    return new ParsedTool(tool.name(), tool.description(), parameters);
  }

  private static ParsedTool tool(String name, String rest) {
    int end = end(rest);
    String label = QUOTED_NAME.matcher(rest.substring(0, end)).replaceAll("$1: ");
    String said = rest.substring(end);
    boolean object = TypeReader.read("object " + label) instanceof ParsedType.ObjectOf;
    List<ParsedField> parameters =
        object ? ((ParsedType.ObjectOf) TypeReader.read("object " + label)).fields() : List.of();
    return new ParsedTool(name, said.startsWith(": ") ? said.substring(2) : "", parameters);
  }

  /** Where the arguments end: behind the brace that closes the first. */
  private static int end(String text) {
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      depth += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
      if (depth == 0) {
        return i + 1;
      }
    }
    return text.length();
  }
}
