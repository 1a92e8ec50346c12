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
   * The tags of a text, in a node without name; null if they do not pair or text is beside them.
   */
  static @Nullable XmlNode read(String text) {
    return new Reading(text).read();
  }

  /** The reading of one text. */
  private static final class Reading {
    private final String text;
    private final Deque<Open> open = new ArrayDeque<>();
    private int last;

    Reading(String text) {
      this.text = text;
      open.push(new Open("", null, 0, new ArrayList<>()));
    }

    @Nullable XmlNode read() {
      Matcher matcher = TAG.matcher(text);
      int from = 0;
      while (matcher.find(from)) {
        boolean cdata = matcher.group("name") == null;
        from = cdata ? text.indexOf(XmlTag.CDATA_END, matcher.end()) : matcher.end();
        if (from < 0 || !cdata && !take(matcher)) {
          return null;
        }
      }
      return open.size() == 1 && text.substring(last).isBlank()
          ? new XmlNode("", null, false, open.element().children(), "")
          : null;
    }

    /** Takes a tag; false if it has no place there. */
    private boolean take(Matcher matcher) {
      boolean closing = !matcher.group("close").isEmpty();
      Open top = open.element();
      boolean leaf = closing && top.children().isEmpty();
      if (!leaf && !text.substring(last, matcher.start()).isBlank() || open.size() > MAX_DEPTH) {
        return false;
      }
      last = matcher.end();
      if (closing) {
        return close(matcher, leaf);
      }
      String name = matcher.group("name");
      if (matcher.group("empty").isEmpty()) {
        open.push(new Open(name, key(matcher), matcher.end(), new ArrayList<>()));
      } else {
        top.children().add(new XmlNode(name, key(matcher), true, List.of(), ""));
      }
      return true;
    }

    private boolean close(Matcher matcher, boolean leaf) {
      Open top = open.element();
      if (open.size() == 1 || !top.name().equalsIgnoreCase(matcher.group("name"))) {
        return false;
      }
      open.pop();
      String content = leaf ? text.substring(top.start(), matcher.start()) : "";
      XmlNode node = new XmlNode(top.name(), top.key(), false, top.children(), content);
      open.element().children().add(node);
      return true;
    }
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
