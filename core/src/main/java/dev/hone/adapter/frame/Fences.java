package dev.hone.adapter.frame;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The code fences that some models put around their sections, either one around all or one around
 * each. Without one right before the first header there are none. A fence that opens inside of a
 * section belongs to it and stays.
 */
final class Fences {
  private static final Pattern LINE =
      Pattern.compile("^[ \\t]{0,3}(`{3,}+|~{3,}+)([^`\\r\\n]*+)$", Pattern.MULTILINE);

  private final String reply;
  private final boolean present;
  private @Nullable Line around;

  private Fences(String reply, @Nullable Line around) {
    this.reply = reply;
    this.present = around != null;
    this.around = around;
  }

  /** The fences of a stretch of a reply whose first header begins at an index. */
  static Fences of(String reply, int from, int firstHeader) {
    Lines preamble = Lines.of(reply, from, firstHeader, null);
    return new Fences(reply, preamble.opensNext() ? preamble.unpaired() : null);
  }

  /** The fences of a set that begins after others. */
  Fences next(int from, int firstHeader) {
    Lines before = Lines.of(reply, from, firstHeader, null);
    int start = around == null || before.first() == null ? from : before.first().end();
    Lines preamble = start == from ? before : Lines.of(reply, start, firstHeader, null);
    return new Fences(reply, preamble.opensNext() ? preamble.unpaired() : null);
  }

  /**
   * Where the content of the next section ends, without the fence that closes around it and the one
   * that opens around the section after it.
   *
   * @param start where the content begins
   * @param end where the next header begins, or the reply ends
   * @param followed whether there is a next header
   */
  int contentEnd(int start, int end, boolean followed) {
    if (!present) {
      return end;
    }
    Lines lines = Lines.of(reply, start, end, around);
    Line next = followed ? lines.beforeEnd() : null;
    Line cut = around == null ? opening(lines, next) : closing(lines, next, around);
    if (cut == null) {
      return end;
    }
    around = around != null && cut.equals(next) ? null : next;
    return cut.start();
  }

  /** The fence that opens around the next section, where none is around this one. */
  private static @Nullable Line opening(Lines lines, @Nullable Line next) {
    return lines.opensNext() ? next : null;
  }

  /** The fence that closes the one around this section; another may open right after it. */
  private static @Nullable Line closing(Lines lines, @Nullable Line next, Line around) {
    Line closing = lines.unpaired();
    if (closing == null && next != null && lines.endsWithEmptyPair()) {
      closing = lines.lastPairStart();
    }
    return closing != null && closing.closes(around) ? closing : null;
  }

  /**
   * One line that opens or closes a fence.
   *
   * @param start where it begins
   * @param end where it ends
   * @param sign the signs it begins with
   * @param bare whether nothing follows them
   */
  private record Line(int start, int end, String sign, boolean bare) {
    boolean closes(Line opening) {
      return bare && sign.startsWith(opening.sign);
    }
  }

  /**
   * The fence lines of one section.
   *
   * @param first the first of them
   * @param unpaired the one that is left when each that opens has one that closes
   * @param lastPairStart the opening one of the last pair
   * @param beforeEnd the last of them, if only space is after it
   * @param endsWithEmptyPair whether only space is between the last pair
   */
  private record Lines(
      @Nullable Line first,
      @Nullable Line unpaired,
      @Nullable Line lastPairStart,
      @Nullable Line beforeEnd,
      boolean endsWithEmptyPair) {

    /** Finds them; inside of a fence only those count that are as long as its own. */
    static Lines of(String reply, int start, int end, @Nullable Line around) {
      Line first = null;
      Line last = null;
      Line unpaired = null;
      Line pairStart = null;
      for (Line line : all(reply, start, end)) {
        if (around != null && !line.sign().startsWith(around.sign())) {
          continue;
        }
        if (unpaired == null) {
          unpaired = line;
        } else if (line.closes(unpaired)) {
          pairStart = unpaired;
          unpaired = null;
        }
        first = first == null ? line : first;
        last = line;
      }
      boolean atEnd = last != null && reply.substring(last.end(), end).isBlank();
      boolean empty =
          last != null
              && pairStart != null
              && unpaired == null
              && reply.substring(pairStart.end(), last.start()).isBlank();
      return new Lines(first, unpaired, pairStart, atEnd ? last : null, empty);
    }

    private static List<Line> all(String reply, int start, int end) {
      List<Line> lines = new ArrayList<>();
      Matcher matcher = LINE.matcher(reply).region(start, end);
      while (matcher.find()) {
        boolean bare = matcher.group(2).isBlank();
        lines.add(new Line(matcher.start(), matcher.end(), matcher.group(1), bare));
      }
      return lines;
    }

    /** Whether the last line opens a fence around what comes after it. */
    boolean opensNext() {
      return unpaired != null && unpaired.equals(beforeEnd);
    }
  }
}
