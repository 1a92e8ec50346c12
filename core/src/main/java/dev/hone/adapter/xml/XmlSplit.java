package dev.hone.adapter.xml;

import dev.hone.adapter.frame.Block;
import dev.hone.adapter.frame.HeaderNames;
import dev.hone.adapter.frame.Question;
import dev.hone.adapter.frame.SectionSet;
import dev.hone.adapter.frame.TurnToken;
import dev.hone.text.Excerpt;
import dev.hone.text.Interrupts;
import dev.hone.text.NearestName;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Splits elements into sets of outputs. A set ends where one of its outputs comes again, and at a
 * question: elements of inputs, or a turn of the user. It is ended if all outputs are there, or
 * those that are not are optional and a later one is, or a closed tag is around all of it.
 */
final class XmlSplit {
  private static final int SHOWN_CHARS = 60;

  private final String reply;
  private final HeaderNames names;
  private final List<XmlTag> tags;
  private final List<TurnToken> tokens;
  private final List<Block> blocks;
  private final @Nullable Block block;
  private final List<SectionSet> sets = new ArrayList<>();

  private final Map<String, String> contents = new LinkedHashMap<>();
  private final Map<String, String> inputs = new LinkedHashMap<>();
  private @Nullable Question question;
  private boolean first = true;
  private int start;
  private int end;
  private int from;
  private int to;
  private boolean closed = true;
  private @Nullable String doubt;
  private int itemsStart;
  private String lastName = "";
  private int nextToken;
  private int nextTag;
  private @Nullable TreeMap<Integer, Integer> furthest;

  /** A reply, and what was found in it. */
  record Reply(String text, HeaderNames names, List<XmlTag> tags, List<TurnToken> tokens) {}

  /**
   * A split.
   *
   * @param blocks what encloses elements
   * @param block what encloses those that are split; null for nothing that matters
   */
  XmlSplit(Reply reply, List<Block> blocks, @Nullable Block block) {
    this.reply = reply.text();
    this.names = reply.names();
    this.tags = reply.tags();
    this.tokens = reply.tokens();
    this.blocks = blocks;
    this.block = block;
  }

  /** The sets, in order. */
  List<SectionSet> sets(List<XmlElement> elements) {
    for (int i = 0; i < elements.size(); i++) {
      Interrupts.check(i);
      XmlElement element = elements.get(i);
      turns(i == 0 ? 0 : elements.get(i - 1).end(), element.start());
      to = element.start();
      if (XmlSections.isOutput(names, element.name())) {
        output(element);
      } else {
        input(element);
      }
    }
    to = block == null ? reply.length() : block.contentEnd();
    close();
    return sets;
  }

  /** Turns of the user between two elements begin a new question. */
  private void turns(int from, int to) {
    for (; nextToken < tokens.size() && tokens.get(nextToken).start() < to; nextToken++) {
      TurnToken token = tokens.get(nextToken);
      if (token.user() && token.start() >= from) {
        to = token.start();
        close();
        inputs.clear();
        question = new Question(Map.of());
        first = true;
      }
    }
  }

  private void input(XmlElement element) {
    if (!contents.isEmpty() && hasRequired()) {
      close();
    }
    if (contents.isEmpty()) {
      inputs.put(element.name(), XmlText.reveal(element.content(reply), names));
    }
  }

  private void output(XmlElement element) {
    if (isNextItem(element)) {
      contents.put(element.name(), reply.substring(itemsStart, element.end()));
      end = element.end();
      return;
    }
    String draft = null;
    if (contents.containsKey(element.name())) {
      draft = hasRequired() ? null : firstText();
      close();
    }
    String content = element.content(reply);
    if (contents.isEmpty()) {
      ask();
      start = element.start();
      doubt = draft == null ? null : draft(draft, element);
    }
    contents.put(element.name(), content);
    itemsStart = element.start();
    lastName = element.name();
    end = element.end();
    closed &= element.closed();
    doubt = doubt == null ? element.doubt() : doubt;
  }

  /** Whether a list has a tag for each of its items, one right after the other. */
  private boolean isNextItem(XmlElement element) {
    Field field = names.outputs().get(element.name());
    FieldType type = field == null ? null : field.type().withoutOptional();
    String before = contents.get(element.name());
    return (type instanceof FieldType.ListOf || type instanceof FieldType.SetOf)
        && before != null
        && element.name().equals(lastName)
        && element.start() >= end
        && reply.substring(end, element.start()).isBlank()
        && isItem(before)
        && isItem(element.content(reply));
  }

  private static boolean isItem(String content) {
    return !content.isEmpty() && !content.startsWith("[") && !content.startsWith("```");
  }

  /** The elements of inputs since the last set are the question of the next. */
  private void ask() {
    if (!inputs.isEmpty()) {
      question = new Question(inputs);
      first = true;
      inputs.clear();
    }
  }

  private void close() {
    if (contents.isEmpty()) {
      return;
    }
    boolean ended = closed && isEnded();
    boolean whole = hasRequired() && (ended || contents.size() == names.outputs().size());
    String misspelt = whole ? misspelt() : null;
    sets.add(
        new SectionSet(
            Collections.unmodifiableMap(new LinkedHashMap<>(contents)),
            start,
            end,
            ended,
            whole,
            block,
            question,
            first,
            doubt == null ? misspelt : doubt));
    first = false;
    doubt = null;
    closed = true;
    contents.clear();
    from = end;
  }

  private boolean hasRequired() {
    return names.outputs().entrySet().stream()
        .allMatch(e -> isOptional(e.getValue()) || contents.containsKey(e.getKey()));
  }

  private static boolean isOptional(Field field) {
    return field.type() instanceof FieldType.OptionalOf;
  }

  private boolean isEnded() {
    if (contents.size() == names.outputs().size()) {
      return true;
    }
    String last = "";
    for (String name : names.outputs().keySet()) {
      last = name;
    }
    return hasRequired() && (contents.containsKey(last) || isWrapped());
  }

  /** Whether a tag is around the set; blocks are in order, so that the furthest end will do. */
  private boolean isWrapped() {
    if (furthest == null) {
      furthest = new TreeMap<>();
      int most = 0;
      for (Block around : blocks) {
        most = around.tagged() ? Math.max(most, around.contentEnd()) : most;
        furthest.merge(around.contentStart(), most, Math::max);
      }
    }
    Map.Entry<Integer, Integer> before = furthest.floorEntry(start);
    return before != null && before.getValue() >= end;
  }

  /** A tag by the set that may be that of an output which it lacks. */
  private @Nullable String misspelt() {
    from = block == null ? from : Math.max(from, block.contentStart());
    if (contents.size() == names.outputs().size()) {
      return null;
    }
    for (; nextTag < tags.size() && tags.get(nextTag).start() < to; nextTag++) {
      XmlTag tag = tags.get(nextTag);
      if (tag.name() == null && tag.kind() != XmlTag.Kind.CLOSE && tag.start() >= from) {
        for (String name : names.outputs().keySet()) {
          if (!contents.containsKey(name) && NearestName.isMisspelt(tag.written(), name)) {
            return "an answer without <%s>, or with <%s> as that".formatted(name, tag.written());
          }
        }
      }
    }
    return null;
  }

  /** The first text that is there and does not only stand for one. */
  private @Nullable String firstText() {
    for (Map.Entry<String, String> entry : contents.entrySet()) {
      String text = entry.getValue();
      boolean stands =
          text.isEmpty() || text.equals("...") || text.equals("…") || text.startsWith("{");
      if (!stands && XmlElements.isText(names, entry.getKey())) {
        return text;
      }
    }
    return null;
  }

  private String draft(String text, XmlElement next) {
    return "a text that is a draft, \"%s\", or goes before <%s>"
        .formatted(Excerpt.ofLine(Excerpt.prefix(text, 400), SHOWN_CHARS), next.name());
  }
}
