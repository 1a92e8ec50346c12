package dev.hone.adapter.xml;

import dev.hone.adapter.frame.HeaderNames;
import dev.hone.text.Excerpt;
import dev.hone.text.Interrupts;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The outermost elements of a reply, in order, and the tags outside of them that have no partner.
 * What is within an element is its content. A closing tag belongs to the nearest opening one before
 * it.
 *
 * @param elements the outermost elements
 * @param unclosed opening tags outside of them that nothing closes
 * @param strays closing tags outside of them that nothing opens
 */
record XmlElements(List<XmlElement> elements, List<XmlTag> unclosed, List<XmlTag> strays) {
  private static final int MAX_WRAPPERS = 3;
  private static final int SHOWN_CHARS = 60;

  /** Pairs the tags of fields. */
  static XmlElements of(String reply, List<XmlTag> tags, HeaderNames names) {
    Map<String, Deque<XmlTag>> open = new HashMap<>();
    List<XmlElement> pairs = new ArrayList<>();
    List<XmlTag> strays = new ArrayList<>();
    for (int i = 0; i < tags.size(); i++) {
      Interrupts.check(i);
      XmlTag tag = tags.get(i);
      String name = tag.name();
      if (name == null || tag.isCode(reply)) {
        continue;
      }
      Deque<XmlTag> same = open.computeIfAbsent(name, n -> new ArrayDeque<>());
      switch (tag.kind()) {
        case OPEN -> same.push(tag);
        case EMPTY -> pairs.add(element(tag, tag, name, true));
        case CLOSE -> {
          XmlTag opening = same.poll();
          if (opening == null) {
            strays.add(tag);
          } else {
            pairs.add(element(opening, tag, name, false));
          }
        }
      }
    }
    List<XmlTag> unclosed = new ArrayList<>();
    open.values().forEach(unclosed::addAll);
    unclosed.sort(Comparator.comparingInt(XmlTag::start));
    pairs.sort(Comparator.comparingInt(XmlElement::start));
    List<XmlElement> outer = outermost(reply, pairs, names, MAX_WRAPPERS);
    return new XmlElements(outer, outside(unclosed, outer), outside(strays, outer));
  }

  private static XmlElement element(XmlTag opening, XmlTag closing, String name, boolean empty) {
    return new XmlElement(
        opening.start(),
        opening.end(),
        empty ? opening.end() : closing.start(),
        closing.end(),
        name,
        empty,
        true,
        null);
  }

  private static List<XmlElement> outermost(
      String reply, List<XmlElement> pairs, HeaderNames names, int wrappers) {
    List<XmlElement> outer = new ArrayList<>();
    int at = 0;
    while (at < pairs.size()) {
      Interrupts.check(at);
      XmlElement around = pairs.get(at);
      int next = at + 1;
      while (next < pairs.size() && pairs.get(next).start() < around.end()) {
        next++;
      }
      List<XmlElement> inner = pairs.subList(at + 1, next);
      List<XmlElement> parts =
          inner.isEmpty() || wrappers == 0
              ? List.of()
              : outermost(reply, inner, names, wrappers - 1);
      if (isWrapper(reply, around, parts, names)) {
        outer.addAll(parts);
      } else {
        outer.add(checked(reply, around, inner, names));
      }
      at = next;
    }
    return outer;
  }

  /** Whether an element has the name of an output and is around a whole answer. */
  private static boolean isWrapper(
      String reply, XmlElement around, List<XmlElement> parts, HeaderNames names) {
    if (!names.outputs().containsKey(around.name())) {
      return false;
    }
    Set<String> within = new HashSet<>();
    parts.forEach(part -> within.add(part.name()));
    boolean all =
        names.outputs().values().stream()
            .allMatch(
                field ->
                    field.type() instanceof FieldType.OptionalOf
                            && !field.name().equals(around.name())
                        || within.contains(field.name()));
    return all && (names.outputs().size() > 1 || fills(reply, around, parts));
  }

  private static boolean fills(String reply, XmlElement around, List<XmlElement> parts) {
    return parts.size() == 1
        && reply.substring(around.contentStart(), parts.get(0).start()).isBlank()
        && reply.substring(parts.get(0).end(), around.contentEnd()).isBlank();
  }

  private static XmlElement checked(
      String reply, XmlElement around, List<XmlElement> inner, HeaderNames names) {
    if (isText(names, around.name())) {
      for (XmlElement pair : inner) {
        if (around.name().equals(pair.name()) && !pair.empty()) {
          return around.doubted(nested(reply, around, pair));
        }
      }
    }
    return around;
  }

  private static String nested(String reply, XmlElement around, XmlElement pair) {
    return "the text of <%s> with the same tag in it, \"%s\", or only \"%s\""
        .formatted(
            around.name(),
            Excerpt.ofLine(Excerpt.prefix(around.content(reply), 400), SHOWN_CHARS),
            Excerpt.ofLine(Excerpt.prefix(pair.content(reply), 400), SHOWN_CHARS));
  }

  private static List<XmlTag> outside(List<XmlTag> tags, List<XmlElement> elements) {
    List<XmlTag> outside = new ArrayList<>();
    int next = 0;
    for (XmlTag tag : tags) {
      while (next < elements.size() && elements.get(next).end() <= tag.start()) {
        next++;
      }
      if (next == elements.size() || tag.start() < elements.get(next).start()) {
        outside.add(tag);
      }
    }
    return outside;
  }

  static boolean isText(HeaderNames names, String name) {
    Field field = names.outputs().get(name);
    return field != null && XmlValue.isText(field.type());
  }

  /** The same, with a doubt where a text may end at a later closing tag of its name. */
  XmlElements withStrays(String reply, HeaderNames names) {
    if (strays.isEmpty()) {
      return this;
    }
    List<XmlElement> checked = new ArrayList<>(elements.size());
    int next = 0;
    for (int i = 0; i < elements.size(); i++) {
      XmlElement element = elements.get(i);
      int end = i + 1 < elements.size() ? elements.get(i + 1).start() : Integer.MAX_VALUE;
      XmlTag stray = null;
      for (; next < strays.size() && strays.get(next).start() < end; next++) {
        boolean same = element.name().equals(strays.get(next).name());
        stray = same && strays.get(next).start() >= element.end() ? strays.get(next) : stray;
      }
      boolean doubted = stray != null && isText(names, element.name()) && !isMention(stray, reply);
      checked.add(doubted ? element.doubted(goesOn(reply, element)) : element);
    }
    return new XmlElements(checked, unclosed, strays);
  }

  private static boolean isMention(@Nullable XmlTag tag, String reply) {
    return tag != null && tag.isMention(reply);
  }

  private static String goesOn(String reply, XmlElement element) {
    String before = Excerpt.end(element.content(reply), 400);
    return "a text of <%s> that ends with \"%s\", or goes on to the second </%s>"
        .formatted(
            element.name(), Excerpt.end(Excerpt.singleSpaced(before), SHOWN_CHARS), element.name());
  }
}
