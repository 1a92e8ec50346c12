package dev.hone.adapter.frame;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What may begin or end a section.
 *
 * @param start where it begins
 * @param end the index after it
 * @param kind what it is
 * @param name the name of an input or output; null for the others
 * @param sure whether it stands where only a header does, alone on its line
 * @param token the token of a turn, if it is one
 */
record Mark(
    int start, int end, Kind kind, @Nullable String name, boolean sure, @Nullable TurnToken token) {

  /** What a mark is. */
  enum Kind {
    /** The header of an output. */
    OUTPUT,
    /** The header of an input. */
    INPUT,
    /** The end marker. */
    MARKER,
    /** A header of another name. */
    UNKNOWN,
    /** A token of a turn. */
    TOKEN,
    /** A block that holds sections which do not count. */
    BLOCK
  }

  /** Whether it is an output's header or the end marker. */
  boolean isKey() {
    return kind == Kind.OUTPUT || kind == Kind.MARKER;
  }

  /** The marks of a stretch, in order. */
  static List<Mark> of(
      List<Header> headers,
      List<TurnToken> tokens,
      List<Block> blocks,
      int end,
      HeaderNames names) {
    int start = headers.get(0).start();
    List<Mark> marks = new ArrayList<>(headers.size());
    for (Header header : headers) {
      marks.add(of(header, names));
    }
    for (int i = firstFrom(tokens, start); i < tokens.size(); i++) {
      TurnToken token = tokens.get(i);
      if (token.start() >= end) {
        break;
      }
      marks.add(new Mark(token.start(), token.end(), Kind.TOKEN, null, true, token));
    }
    for (Block block : blocks) {
      if (block.tagged() && block.start() > start && block.end() <= end) {
        marks.add(new Mark(block.start(), block.end(), Kind.BLOCK, null, true, null));
      }
    }
    if (marks.size() > headers.size()) {
      marks.sort(Comparator.comparingInt(Mark::start));
    }
    return marks;
  }

  /** The index of the first token that begins at a place or after it. */
  private static int firstFrom(List<TurnToken> tokens, int start) {
    int low = 0;
    int high = tokens.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (tokens.get(middle).start() < start) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static Mark of(Header header, HeaderNames names) {
    String name = header.name();
    Kind kind =
        name == null
            ? Kind.UNKNOWN
            : names.isOutput(name)
                ? Kind.OUTPUT
                : names.marker().equals(name) ? Kind.MARKER : Kind.INPUT;
    boolean sure = header.alone() && header.lineStart();
    return new Mark(header.start(), header.end(), kind, name, sure, null);
  }
}
