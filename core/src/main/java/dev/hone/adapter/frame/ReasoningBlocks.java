package dev.hone.adapter.frame;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes the reasoning that some models write before their answer out of a reply. A tag may also be
 * text of an answer, so that the headers of output fields around it count. Time is linear in the
 * reply's length.
 */
final class ReasoningBlocks {
  private static final Pattern ANSWER = Pattern.compile("\\[\\[\\h*+##|\\{");

  private final String reply;
  private final TreeSet<Integer> strongHeaders = new TreeSet<>();
  private final Map<String, TreeSet<Integer>> strongByName = new HashMap<>();
  private final Map<String, Integer> lastHeader = new HashMap<>();
  private final List<String> thoughts = new ArrayList<>();

  private ReasoningBlocks(String reply, HeaderNames names, Map<Integer, String> starts) {
    this.reply = reply;
    starts.forEach(
        (start, name) -> {
          lastHeader.merge(name, start, Math::max);
          strongHeaders.add(start);
          strongByName.computeIfAbsent(name, n -> new TreeSet<>()).add(start);
        });
    for (Header header : Header.all(reply, names)) {
      String name = header.name();
      if (name != null && names.isOutput(name)) {
        lastHeader.merge(name, header.start(), Math::max);
        if (header.strong()) {
          strongHeaders.add(header.start());
          strongByName.computeIfAbsent(name, n -> new TreeSet<>()).add(header.start());
        }
      }
    }
  }

  /**
   * The reply without blocks such as {@code <think>…</think>} that begin before the answer does,
   * and without what is before a closing tag that was never opened. A block of a tag that has no
   * other use goes on to the end if it is not closed; one of another tag, such as {@code
   * <analysis>}, is then none.
   */
  static String removed(
      String reply, HeaderNames names, Function<String, Map<Integer, String>> outputTags) {
    List<ReasoningTag> tags = ReasoningTag.all(reply);
    if (tags.isEmpty()) {
      return reply;
    }
    Map<Integer, String> starts = outputTags.apply(reply);
    if (!starts.isEmpty()) {
      tags = tags.stream().filter(tag -> !tag.isOutput(reply, names)).toList();
    }
    return tags.isEmpty() ? reply : new ReasoningBlocks(reply, names, starts).without(tags);
  }

  /** What {@link #removed} takes out of a reply, without the tags; empty for nothing. */
  static String of(String reply, HeaderNames names) {
    List<ReasoningTag> tags = ReasoningTag.all(reply);
    if (tags.isEmpty()) {
      return "";
    }
    ReasoningBlocks blocks = new ReasoningBlocks(reply, names, Map.of());
    blocks.without(tags);
    return String.join("\n\n", blocks.thoughts);
  }

  private String without(List<ReasoningTag> tags) {
    List<Integer> closings = ReasoningTag.closings(tags);
    boolean headless = tags.get(0).closing() && endsReasoning(tags.get(0));
    int from = headless ? tags.get(0).end() : 0;
    keep(0, headless ? tags.get(0).start() : 0);
    int answerAt = answerAfter(from);
    StringBuilder answer = new StringBuilder();
    for (int i = 0; i < tags.size() && tags.get(i).start() <= answerAt; i++) {
      ReasoningTag tag = tags.get(i);
      if (tag.closing() || tag.start() < from) {
        continue;
      }
      int closing = closings.get(i);
      if (closing < 0 && tag.plain()) {
        keep(tag.end(), reply.length());
        return answer.append(reply, from, tag.start()).toString();
      }
      if (closing >= 0 && isBlock(tag, tags.get(closing))) {
        answer.append(reply, from, tag.start());
        keep(tag.end(), tags.get(closing).start());
        from = tags.get(closing).end();
        answerAt = answerAt < from ? answerAfter(from) : answerAt;
      }
    }
    return answer.append(reply, from, reply.length()).toString();
  }

  private void keep(int from, int to) {
    String thought = reply.substring(from, to).strip();
    if (!thought.isEmpty()) {
      thoughts.add(thought);
    }
  }

  private boolean isBlock(ReasoningTag opening, ReasoningTag closing) {
    Integer first = strongHeaders.ceiling(opening.end());
    return opening.plain()
        || first == null
        || first >= closing.start()
        || anyAfter(closing.end(), namesWithin(opening.end(), closing.start()));
  }

  private Set<String> namesWithin(int from, int to) {
    Set<String> names = new HashSet<>();
    strongByName.forEach(
        (name, starts) -> {
          Integer first = starts.ceiling(from);
          if (first != null && first < to) {
            names.add(name);
          }
        });
    return names;
  }

  /**
   * Whether what is before a closing tag is reasoning. If whole sections are before it, it is text
   * of one of them, unless a section comes again: then those before it were a draft.
   */
  private boolean endsReasoning(ReasoningTag tag) {
    String rest = reply.substring(tag.end());
    if (rest.isBlank() || !tag.plain()) {
      return false;
    }
    Set<String> before = namesWithin(0, tag.start());
    return before.isEmpty()
        ? anyAfter(tag.end(), lastHeader.keySet()) || !beginsWithJson()
        : anyAfter(tag.end(), before);
  }

  private boolean beginsWithJson() {
    String text = reply.stripLeading();
    return text.startsWith("{") || text.startsWith("```");
  }

  private boolean anyAfter(int index, Set<String> names) {
    return names.stream().anyMatch(name -> lastHeader.getOrDefault(name, -1) >= index);
  }

  /** Where the answer begins at the earliest. */
  private int answerAfter(int from) {
    Matcher matcher = ANSWER.matcher(reply);
    int sign = matcher.find(from) ? matcher.start() : reply.length();
    Integer header = strongHeaders.ceiling(from);
    return header == null ? sign : Math.min(sign, header);
  }
}
