package dev.hone.adapter.xml;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A tag with what is in it: other tags, or a text.
 *
 * @param name its name
 * @param key its attribute {@code key} or {@code name}; null if it has none
 * @param empty whether it is one tag that holds nothing
 * @param children the tags in it
 * @param text what is in it, if that is no tags
 */
record XmlNode(
    String name, @Nullable String key, boolean empty, List<XmlNode> children, String text) {
  private static final int MAX_DEPTH = 100;
  private static final Pattern TAG =
      Pattern.compile(
          "<(?:!\\[CDATA\\["
              + "|(?<close>/?)(?<name>[\\p{L}_][\\p{L}\\p{N}_.:-]{0,100}+)"
              + "(?<rest>\\s[^<>]{0,300}?)?\\s?(?<empty>/?)>)");
  private static final Pattern KEY =
      Pattern.compile("\\b(?:key|name)\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)')");

  /** A tag that is not closed yet. */
  private record Open(String name, @Nullable String key, int start, List<XmlNode> children) {}

  /**
   * The tags of a text, in a node without name; null if tags do not pair, or text is beside them.
   */
  static @Nullable XmlNode read(String text) {
    Deque<Open> open = new ArrayDeque<>();
    open.push(new Open("", null, 0, new ArrayList<>()));
    Matcher matcher = TAG.matcher(text);
    int last = 0;
    int from = 0;
    while (matcher.find(from)) {
      from = matcher.end();
      String name = matcher.group("name");
      if (name == null) {
        int end = text.indexOf(XmlTag.CDATA_END, from);
        if (end < 0) {
          return null;
        }
        from = end;
        continue;
      }
      boolean closing = !matcher.group("close").isEmpty();
      Open top = open.element();
      boolean leaf = closing && top.children().isEmpty();
      if (!leaf && !text.substring(last, matcher.start()).isBlank() || open.size() > MAX_DEPTH) {
        return null;
      }
      if (closing) {
        if (open.size() == 1 || !top.name().equalsIgnoreCase(name)) {
          return null;
        }
        open.pop();
        String content = leaf ? text.substring(top.start(), matcher.start()) : "";
        open.element()
            .children()
            .add(new XmlNode(top.name(), top.key(), false, top.children(), content));
      } else if (!matcher.group("empty").isEmpty()) {
        top.children().add(new XmlNode(name, key(matcher), true, List.of(), ""));
      } else {
        open.push(new Open(name, key(matcher), matcher.end(), new ArrayList<>()));
      }
      last = matcher.end();
    }
    return open.size() == 1 && text.substring(last).isBlank()
        ? new XmlNode("", null, false, open.element().children(), "")
        : null;
  }

  private static @Nullable String key(Matcher tag) {
    String rest = tag.group("rest");
    Matcher matcher = KEY.matcher(rest == null ? "" : rest);
    if (!matcher.find()) {
      return null;
    }
    return XmlText.decoded(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
  }
}
