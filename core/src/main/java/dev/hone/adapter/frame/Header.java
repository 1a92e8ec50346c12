package dev.hone.adapter.frame;

import dev.hone.text.Interrupts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One header in a reply.
 *
 * @param start where it begins, with what decorates it
 * @param end where its content begins
 * @param written the name as it was written
 * @param name the name that is meant; null if it is unknown
 * @param form how surely it is a header and not a mention of one or a heading
 * @param lineStart whether it stands at the beginning of its line
 */
record Header(
    int start, int end, String written, @Nullable String name, Form form, boolean lineStart) {

  /** How surely something is a header: the surest first. */
  enum Form {
    /** In brackets, alone on its line; or the end marker in brackets, anywhere. */
    ALONE,
    /** In brackets, at the beginning or the end of its line. */
    EDGE,
    /** In brackets within a line, or without brackets at the beginning of a line. */
    WEAK
  }

  /** Whether the place says that it is a header and not a mention. */
  boolean strong() {
    return form != Form.WEAK || lineStart;
  }

  /** Whether it is alone on its line and in brackets. */
  boolean alone() {
    return form == Form.ALONE && lineStart;
  }

  /** All headers of a text, in order. */
  static List<Header> all(String text, HeaderNames names) {
    List<Header> headers = new ArrayList<>();
    int end = 0;
    int at = text.indexOf("##");
    while (at >= 0) {
      Header header = at(text, at, names);
      if (header != null && header.start() >= end) {
        headers.add(header);
        end = header.end();
        Interrupts.check(headers.size());
      }
      at = text.indexOf("##", Math.max(end, at + 1));
    }
    return headers;
  }

  /** The header whose first hash signs are at an index, or null. */
  private static @Nullable Header at(String text, int at, HeaderNames names) {
    HeaderScan scan = HeaderScan.at(text, at);
    if (scan == null || !(scan.bracketed() || scan.lineStart())) {
      return null;
    }
    String name = names.find(scan.written());
    Form form = form(scan, names.marker().equals(name));
    boolean mention = form == Form.WEAK && !scan.lineStart();
    boolean unknown = name == null && form != Form.ALONE;
    return unknown || mention && !names.isOutput(name)
        ? null
        : new Header(scan.start(), scan.end(), scan.written(), name, form, scan.lineStart());
  }

  private static Form form(HeaderScan scan, boolean marker) {
    if (scan.bracketed() && (marker || scan.lineStart() && scan.lineEnd())) {
      return Form.ALONE;
    }
    return scan.bracketed() && (scan.lineStart() || scan.lineEnd()) ? Form.EDGE : Form.WEAK;
  }
}
