package dev.hone.adapter.xml;

import dev.hone.adapter.frame.HeaderNames;
import dev.hone.text.Excerpt;
import dev.hone.text.NearestName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Elements whose closing tag is missing, misspelt or has no slash. One ends where the next begins,
 * or at the end of the reply; a text that would end there may as well have been cut off, and is in
 * doubt.
 */
final class XmlRepair {
  private static final int SHOWN_CHARS = 60;
  private static final int MOST = 64;

  private final String reply;
  private final XmlElements found;
  private final List<XmlTag> tags;
  private final HeaderNames names;

  private XmlRepair(String reply, XmlElements found, List<XmlTag> tags, HeaderNames names) {
    this.reply = reply;
    this.found = found;
    this.tags = tags;
    this.names = names;
  }

  /** All outermost elements, those that nothing closes among them. */
  static List<XmlElement> closed(
      String reply, XmlElements found, List<XmlTag> tags, HeaderNames names) {
    return new XmlRepair(reply, found, tags, names).closed();
  }

  private List<XmlElement> closed() {
    List<XmlTag> open =
        found.unclosed().stream()
            .filter(tag -> XmlSections.isOutput(names, tag.name()) && !tag.isMention(reply))
            .toList();
    List<XmlElement> all = new ArrayList<>(found.elements());
    if (open.size() > MOST) {
      return all;
    }
    int element = 0;
    for (int i = 0; i < open.size(); i++) {
      XmlTag tag = open.get(i);
      XmlTag next = i + 1 < open.size() ? open.get(i + 1) : null;
      while (element < found.elements().size()
          && found.elements().get(element).start() < tag.start()) {
        element++;
      }
      int limit = element < found.elements().size() ? found.elements().get(element).start() : -1;
      boolean before = next != null && (limit < 0 || next.start() < limit);
      if (next != null && before && isSame(tag, next) && endsAt(next, limit)) {
        all.add(element(tag, next.start(), next.end()));
        i++;
      } else {
        all.add(upTo(tag, next != null && before ? next.start() : limit));
      }
    }
    all.sort(Comparator.comparingInt(XmlElement::start));
    return all;
  }

  private static boolean isSame(XmlTag one, XmlTag other) {
    return String.valueOf(one.name()).equals(other.name());
  }

  /** Whether a second opening tag stands where the closing one should: nothing follows it. */
  private boolean endsAt(XmlTag again, int limit) {
    int end = limit < 0 ? reply.length() : limit;
    return reply.substring(again.end(), end).isBlank();
  }

  private XmlElement upTo(XmlTag tag, int limit) {
    int end = limit < 0 ? reply.length() : limit;
    XmlTag closing = closing(tag, end);
    if (closing != null) {
      return element(tag, closing.start(), closing.end());
    }
    int half = halfClosed(tag, end);
    if (half >= 0) {
      return element(tag, half, end);
    }
    boolean text = XmlElements.isText(names, String.valueOf(tag.name()));
    int cut = text ? end : beforeClosings(tag.end(), end);
    return open(tag, cut, text && limit < 0 ? cutOff(tag) : null);
  }

  /** A closing tag of a name that is not quite that of the field. */
  private @Nullable XmlTag closing(XmlTag opening, int end) {
    for (XmlTag tag : tags) {
      if (tag.start() >= opening.end()
          && tag.end() <= end
          && tag.kind() == XmlTag.Kind.CLOSE
          && tag.name() == null
          && NearestName.isMisspelt(tag.written(), String.valueOf(opening.name()))) {
        return tag;
      }
    }
    return null;
  }

  /** Where a closing tag begins that lacks its last bracket, at the end; -1 if there is none. */
  private int halfClosed(XmlTag opening, int end) {
    int at = reply.lastIndexOf("</", end);
    if (at < opening.end()) {
      return -1;
    }
    String rest = reply.substring(at + 2, end).replaceAll("\\s*`{0,4}\\s*$", "");
    return rest.strip().equalsIgnoreCase(opening.written()) ? at : -1;
  }

  /** The end without closing tags of other names, as of what is around the answer. */
  private int beforeClosings(int from, int end) {
    int cut = end;
    for (XmlTag tag : tags) {
      if (tag.start() >= from && tag.start() < cut && tag.kind() == XmlTag.Kind.CLOSE) {
        cut = tag.start();
      }
    }
    return cut;
  }

  private static XmlElement element(XmlTag opening, int contentEnd, int end) {
    String name = String.valueOf(opening.name());
    return new XmlElement(opening.start(), opening.end(), contentEnd, end, name, false, true, null);
  }

  private static XmlElement open(XmlTag opening, int end, @Nullable String doubt) {
    String name = String.valueOf(opening.name());
    return new XmlElement(opening.start(), opening.end(), end, end, name, false, false, doubt);
  }

  private String cutOff(XmlTag tag) {
    String text = Excerpt.singleSpaced(Excerpt.end(reply, 400));
    return "the text of <%s>, which nothing closes, ends with \"%s\", or was cut off there"
        .formatted(tag.written(), Excerpt.end(text, SHOWN_CHARS));
  }
}
