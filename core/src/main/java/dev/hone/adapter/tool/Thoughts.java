package dev.hone.adapter.tool;

import dev.hone.adapter.frame.HeaderText;
import dev.hone.type.Field;
import java.util.List;
import java.util.regex.Pattern;

/** What a model said before its calls, without the signs around it. */
final class Thoughts {
  private static final Pattern TOKENS =
      Pattern.compile(
          "<[|｜][^<>|｜\\s]{1,60}[|｜]>(?:(?:analysis|commentary|final|assistant)\\b)?");
  private static final Pattern LABEL =
      Pattern.compile("^[ \\t*#]{0,6}Thought[ \\t*]{0,4}:[ \\t*]{0,4}", Pattern.MULTILINE);

  /** What opens a call, in front of what is its sign. */
  private static final List<String> OPENED =
      List.of(
          "```", "```json", "```xml", "```python", "```tool_code", "<tool_call>", "<tool_calls>",
          "<function_calls>", "commentary", "assistantcommentary", "[");

  private Thoughts() {}

  /** The thought in a text before calls. */
  static String clean(String before, CallFields fields) {
    String text = withoutOpening(TOKENS.matcher(before).replaceAll(" ").strip());
    Field thought = fields.thought();
    String header = thought == null ? "" : HeaderText.of(thought.name());
    int at = header.isEmpty() ? -1 : text.lastIndexOf(header);
    text = at < 0 ? text : text.substring(at + header.length()).strip();
    String[] labelled = LABEL.split(text);
    return labelled.length == 0 ? "" : labelled[labelled.length - 1].strip();
  }

  private static String withoutOpening(String text) {
    String rest = text;
    for (int i = 0; i < OPENED.size(); i++) {
      String sign = OPENED.get(i);
      if (rest.equals(sign) || rest.endsWith("\n" + sign) || rest.endsWith(" " + sign)) {
        rest = rest.substring(0, rest.length() - sign.length()).stripTrailing();
        i = -1;
      }
    }
    return rest;
  }
}
