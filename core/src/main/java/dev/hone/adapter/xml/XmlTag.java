package dev.hone.adapter.xml;

import dev.hone.adapter.frame.HeaderNames;
import dev.hone.text.Interrupts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One tag in a reply: {@code <name>}, {@code </name>} or {@code <name/>}, in any case and spacing,
 * with attributes or without.
 *
 * @param start where it begins
 * @param end the index after it
 * @param kind whether it opens, closes or does both
 * @param written the name as it was written
 * @param name the field that is meant; null if it is none
 */
record XmlTag(int start, int end, Kind kind, String written, @Nullable String name) {
  static final String CDATA = "<![CDATA[";
  static final String CDATA_END = "]]>";

  /** As long as a tag is at most. */
  static final int MOST_CHARS = 1_300;

  private static final int MAX_CHARS = 300;

  /** What a tag does. */
  enum Kind {
    /** Begins an element. */
    OPEN,
    /** Ends one. */
    CLOSE,
    /** Is one that holds nothing. */
    EMPTY
  }

  /** All tags of a text outside of CDATA sections, in order. */
  static List<XmlTag> all(String text, HeaderNames names) {
    List<XmlTag> tags = new ArrayList<>();
    boolean cdata = true;
    int at = text.indexOf('<');
    for (int i = 1; at >= 0; i++) {
      Interrupts.check(i);
      int next = at + 1;
      if (cdata && isCdata(text, at)) {
        int end = text.indexOf(CDATA_END, at);
        cdata = end >= 0;
        next = cdata ? end + CDATA_END.length() : next;
      } else {
        XmlTag tag = at(text, at, at + 1, names);
        if (tag != null) {
          tags.add(tag);
          next = tag.end();
        }
      }
      at = text.indexOf('<', next);
    }
    return tags;
  }

  /** Whether a CDATA section begins at an index. */
  static boolean isCdata(String text, int at) {
    return text.regionMatches(true, at, CDATA, 0, CDATA.length());
  }

  /**
   * The tag that begins at an index; null if none does.
   *
   * @param from where what follows its angle bracket begins
   */
  static @Nullable XmlTag at(String text, int start, int from, HeaderNames names) {
    int at = skipSpace(text, from);
    boolean closing = at < text.length() && text.charAt(at) == '/';
    at = closing ? skipSpace(text, at + 1) : at;
    int nameEnd = nameEnd(text, at);
    if (nameEnd == at || Character.isDigit(text.charAt(at)) || text.charAt(at) == '-') {
      return null;
    }
    int end = tagEnd(text, nameEnd);
    if (end < 0) {
      return null;
    }
    boolean empty = !closing && text.charAt(end - 1) == '/';
    String rest = text.substring(nameEnd, empty ? end - 1 : end);
    String written = text.substring(at, nameEnd);
    String name = names.find(written);
    if (name == null && !rest.isBlank() && rest.indexOf('=') < 0) {
      name = names.find(written + rest);
    }
    name = name == null || names.marker().equals(name) ? null : name;
    Kind kind = closing ? Kind.CLOSE : empty ? Kind.EMPTY : Kind.OPEN;
    return new XmlTag(start, end + 1, kind, written, name);
  }

  /** Where the angle bracket is that ends a tag; -1 if there is none. */
  private static int tagEnd(String text, int nameEnd) {
    int limit = Math.min(text.length(), nameEnd + MAX_CHARS);
    boolean separated =
        nameEnd < limit
            && (Character.isWhitespace(text.charAt(nameEnd))
                || "/>".indexOf(text.charAt(nameEnd)) >= 0);
    for (int at = nameEnd; separated && at < limit; at++) {
      char c = text.charAt(at);
      if (c == '>') {
        return at;
      }
      if (c == '<') {
        return -1;
      }
    }
    return -1;
  }

  private static int nameEnd(String text, int start) {
    int at = start;
    int limit = Math.min(text.length(), start + MAX_CHARS);
    while (at < limit) {
      int c = text.codePointAt(at);
      if (!isNamePart(c)) {
        return at;
      }
      at += Character.charCount(c);
    }
    return at;
  }

  private static boolean isNamePart(int c) {
    int type = Character.getType(c);
    return Character.isLetterOrDigit(c)
        || c == '_'
        || c == '-'
        || type == Character.LETTER_NUMBER
        || type == Character.OTHER_NUMBER;
  }

  private static int skipSpace(String text, int from) {
    int at = from;
    int limit = Math.min(text.length(), from + MAX_CHARS);
    while (at < limit && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  /** Whether it is only named in a text, in quotes. */
  boolean isMention(String text) {
    return start > 0 && "`'\"".indexOf(text.charAt(start - 1)) >= 0 && isBetween(text);
  }

  /** Whether it is only named in a text, as code. */
  boolean isCode(String text) {
    return start > 0 && text.charAt(start - 1) == '`' && isBetween(text);
  }

  private boolean isBetween(String text) {
    return end < text.length() && text.charAt(start - 1) == text.charAt(end);
  }
}
