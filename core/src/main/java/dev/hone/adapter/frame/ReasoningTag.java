package dev.hone.adapter.frame;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A tag that begins or ends reasoning.
 *
 * @param start where it begins
 * @param end the index after it
 * @param group what an opening and its closing tag have in common
 * @param closing whether it ends reasoning
 */
record ReasoningTag(int start, int end, String group, boolean closing) {
  private static final String THINK = "think";
  private static final String BRACKETS = "[THINK]";
  private static final Pattern TAG =
      Pattern.compile(
          "(?=[<\\[])(?:<(?<close>/)?(?:(?<plain>think|thinking|thought)"
              + "|(?<other>reasoning|analysis|reflection|scratchpad))(?:\\s[^<>]{0,200})?(?<!/)>"
              + "|(?-i:\\[(?<end>/)?THINK]))",
          Pattern.CASE_INSENSITIVE);

  /** Whether the tag is a model's own for reasoning, with no other use. */
  boolean plain() {
    return group.equals(THINK) || group.equals(BRACKETS);
  }

  /** Whether it is a tag of an output of its name. */
  boolean isOutput(String text, HeaderNames names) {
    String name = text.substring(start, end).replaceAll("^[<\\[]/?|[\\s>].*$", "");
    return names.isOutput(names.find(name));
  }

  /** The tags of a text, in order. */
  static List<ReasoningTag> all(String text) {
    List<ReasoningTag> tags = new ArrayList<>();
    if (text.indexOf('<') < 0 && text.indexOf("THINK]") < 0) {
      return tags;
    }
    Matcher matcher = TAG.matcher(text);
    while (matcher.find()) {
      String other = matcher.group("other");
      String group =
          other != null
              ? other.toLowerCase(Locale.ROOT)
              : matcher.group("plain") != null ? THINK : BRACKETS;
      boolean closing = matcher.group("close") != null || matcher.group("end") != null;
      tags.add(new ReasoningTag(matcher.start(), matcher.end(), group, closing));
    }
    return tags;
  }

  /** For each tag, the index of the next closing tag of its group; -1 if there is none. */
  static List<Integer> closings(List<ReasoningTag> tags) {
    Map<String, Integer> next = new HashMap<>();
    List<Integer> closings = new ArrayList<>(Collections.nCopies(tags.size(), -1));
    for (int i = tags.size() - 1; i >= 0; i--) {
      String group = tags.get(i).group();
      closings.set(i, next.getOrDefault(group, -1));
      if (tags.get(i).closing()) {
        next.put(group, i);
      }
    }
    return closings;
  }
}
