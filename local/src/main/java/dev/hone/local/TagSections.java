package dev.hone.local;

import dev.hone.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Messages in tags, {@code <name>value</name>}, as the layout {@code xml/2} has them. */
final class TagSections {
  /** What stands for the name of the header that ends a reply: a reply in tags has none. */
  static final String MARKER = "</>";

  private static final Pattern LAYOUT =
      Pattern.compile("(?m)^Every message has this layout:\\R\\R<[\\p{L}_]");
  private static final Pattern OPENING =
      Pattern.compile("\\s*+<([\\p{L}_][\\p{L}\\p{N}_]{0,200}+)(/?)>");
  private static final Pattern DISGUISE =
      Pattern.compile("<\\\\(?=\\\\*(?:\\s*/?\\s*[\\p{L}_]|!\\[))");
  private static final String CDATA = "<![CDATA[";
  private static final String CDATA_END = "]]>";

  private TagSections() {}

  /** Whether a system message asks for tags. */
  static boolean isLayout(String system) {
    return LAYOUT.matcher(system).find();
  }

  /** The values of a message that is nothing but tags, by name; else none. */
  static Map<String, String> in(String text) {
    Map<String, String> sections = new LinkedHashMap<>();
    Matcher opening = OPENING.matcher(text);
    int at = 0;
    while (opening.region(at, text.length()).lookingAt()) {
      String name = opening.group(1);
      if (!opening.group(2).isEmpty()) {
        sections.putIfAbsent(name, "null");
        at = opening.end();
        continue;
      }
      boolean cdata = text.startsWith(CDATA, opening.end());
      String close = (cdata ? CDATA_END : "") + "</" + name + ">";
      int end = text.indexOf(close, opening.end());
      if (end < 0) {
        return Map.of();
      }
      sections.putIfAbsent(name, value(text.substring(opening.end(), end), cdata));
      at = end + close.length();
    }
    return text.substring(at).isBlank() ? sections : Map.of();
  }

  private static String value(String content, boolean cdata) {
    return cdata
        ? content.substring(CDATA.length()).replace(CDATA_END + CDATA, "")
        : DISGUISE.matcher(content.strip()).replaceAll("<");
  }

  /** Answers between tags. */
  static String write(ObjectNode answers, List<ParsedField> fields) {
    StringBuilder text = new StringBuilder();
    for (ParsedField field : fields) {
      JsonNode value = answers.get(field.name());
      text.append(text.isEmpty() ? "" : "\n").append('<').append(field.name());
      if (value.isNull() && !(field.type().present() instanceof ParsedType.Any)) {
        text.append("/>");
      } else {
        text.append('>').append(written(field, value));
        text.append("</").append(field.name()).append('>');
      }
    }
    return text.toString();
  }

  private static String written(ParsedField field, JsonNode value) {
    if (!value.isString() || field.type().present() instanceof ParsedType.Any) {
      return Json.write(value).replace("<", "\\u003c").replace("&", "\\u0026");
    }
    String text = value.stringValue();
    boolean plain = text.indexOf('<') < 0 && text.indexOf('&') < 0;
    return plain
        ? text
        : CDATA + text.replace(CDATA_END, "]]" + CDATA_END + CDATA + ">") + CDATA_END;
  }
}
