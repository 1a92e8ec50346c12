package dev.hone.adapter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The sections of a reply. The first section of a name counts unless it is empty; sections of
 * inputs and of unknown names are ignored, as are fences around sections; what comes after the end
 * marker is not read.
 *
 * @param byName the trimmed content of the output sections that are there, by name
 * @param seen the names of all headers, in order, as they were written
 * @param ended whether the end marker was there
 */
record Sections(Map<String, String> byName, Set<String> seen, boolean ended) {

  /**
   * Reads the sections. Headers that stand at the beginning or the end of a line come first; only
   * if they do not make up all outputs, those in the middle of a line count too.
   */
  static Sections read(String reply, HeaderNames names) {
    List<Header> headers = Header.all(reply, names);
    Sections strong = read(reply, names, headers.stream().filter(Header::strong).toList());
    if (strong.filled() == names.outputs().size() || headers.stream().allMatch(Header::strong)) {
      return strong;
    }
    Sections all = read(reply, names, headers);
    return all.filled() > strong.filled() ? all : strong;
  }

  private static Sections read(String reply, HeaderNames names, List<Header> headers) {
    Map<String, String> byName = new LinkedHashMap<>();
    Set<String> seen = new LinkedHashSet<>();
    boolean ended = false;
    Fences fences = Fences.of(reply, headers.isEmpty() ? 0 : headers.get(0).start());
    for (int i = 0; i < headers.size() && !ended; i++) {
      Header header = headers.get(i);
      seen.add(header.written());
      String name = header.name();
      boolean followed = i + 1 < headers.size();
      int next = followed ? headers.get(i + 1).start() : reply.length();
      int end = fences.contentEnd(header.end(), next, followed);
      if (name != null && names.outputs().contains(name)) {
        keep(byName, name, reply.substring(header.end(), end).strip());
      }
      ended = names.marker().equals(name) && !byName.isEmpty();
    }
    return new Sections(byName, seen, ended);
  }

  private static void keep(Map<String, String> byName, String name, String content) {
    String value = content.equals(Turns.NOT_GIVEN) ? "" : content;
    String before = byName.get(name);
    if (before == null || before.isEmpty()) {
      byName.put(name, value);
    }
  }

  private int filled() {
    return (int) byName.values().stream().filter(value -> !value.isEmpty()).count();
  }

  /** The content of a section, or null if it is not there. */
  @Nullable String get(String name) {
    return byName.get(name);
  }

  /**
   * One header in a reply.
   *
   * @param start where it begins, with what decorates it
   * @param end where its content begins
   * @param written the name as it was written
   * @param name the name that is meant; null if it is unknown
   * @param strong whether its place on the line says that it is a header and not a mention
   */
  record Header(int start, int end, String written, @Nullable String name, boolean strong) {

    static List<Header> all(String text, HeaderNames names) {
      List<Header> headers = new ArrayList<>();
      int end = 0;
      int at = text.indexOf("##");
      while (at >= 0) {
        Header header = at(text, at, names);
        if (header != null && header.start() >= end) {
          headers.add(header);
          end = header.end();
        }
        at = text.indexOf("##", Math.max(end, at + 1));
      }
      return headers;
    }

    /** The header whose first hash signs are at an index, or null. */
    private static @Nullable Header at(String text, int at, HeaderNames names) {
      HeaderScan scan = HeaderScan.at(text, at);
      if (scan == null) {
        return null;
      }
      String name = names.find(scan.written());
      boolean strong =
          scan.lineStart() || scan.bracketed() && (scan.lineEnd() || names.marker().equals(name));
      boolean known = name != null && (names.outputs().contains(name) || strong);
      boolean unknown = name == null && scan.bracketed() && scan.lineStart() && scan.lineEnd();
      if (!(known && (scan.bracketed() || scan.lineStart())) && !unknown) {
        return null;
      }
      return new Header(scan.start(), scan.end(), scan.written(), name, strong);
    }
  }
}
