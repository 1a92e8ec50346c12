package dev.hone.adapter.frame;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The sets of output sections of a reply. Headers of the surest form come first; only where they do
 * not make up a set, those of the next form count too. Headers within tags, fences and quotations
 * do not count where others of the same names stand outside of them.
 *
 * @param sets the sets, in order: all whole ones that count, or where there is none the fullest
 * @param rivals whole sets after all of those, in tags that may be around an answer or not
 * @param seen the names of all headers, in order, as they were written
 */
public record Sections(List<SectionSet> sets, List<SectionSet> rivals, Set<String> seen) {

  /** Reads the sections of a reply. */
  public static Sections read(String reply, HeaderNames names) {
    List<Header> headers = Header.all(reply, names);
    Set<String> seen = new LinkedHashSet<>();
    boolean any = false;
    for (Header header : headers) {
      seen.add(header.written());
      any |= names.isOutput(header.name());
    }
    return any
        ? new Reading(reply, names, headers, seen).best()
        : new Sections(List.of(), List.of(), seen);
  }

  /** How many sections the fullest set has. */
  private int filled() {
    int most = 0;
    for (SectionSet set : sets) {
      most = Math.max(most, set.filled());
    }
    return most;
  }

  /** Whether there is a whole set. */
  public boolean anyWhole() {
    return !sets.isEmpty() && sets.get(0).whole();
  }

  /** The reading of one reply. */
  private static final class Reading {
    private final String reply;
    private final HeaderNames names;
    private final List<Header> all;
    private final Set<String> seen;
    private final List<TurnToken> tokens;
    private @Nullable List<Block> blocks;
    private @Nullable List<Block> opaque;

    Reading(String reply, HeaderNames names, List<Header> all, Set<String> seen) {
      this.reply = reply;
      this.names = names;
      this.all = all;
      this.seen = seen;
      this.tokens = TurnToken.all(reply);
    }

    /** The sets by the surest headers that make up all outputs, or the most of them. */
    Sections best() {
      Sections best = with(Header.Form.ALONE);
      if (best.filled() < names.outputs().size()) {
        best = better(best, with(Header.Form.EDGE));
      }
      if (!best.anyWhole()) {
        best = better(best, with(Header.Form.WEAK));
      }
      return best.anyWhole() ? withLater(best) : best;
    }

    private static Sections better(Sections best, Sections other) {
      boolean fuller = other.filled() > best.filled() && best.anyWhole() == other.anyWhole();
      return fuller || other.anyWhole() && !best.anyWhole() ? other : best;
    }

    /** Adds the sets with less sure headers that begin after all others have ended. */
    private Sections withLater(Sections best) {
      SectionSet last = best.sets().get(best.sets().size() - 1);
      List<Header> later = last.ended() ? from(last.end()) : List.of();
      boolean weaker = false;
      for (Header header : later) {
        weaker |= header.form() != Header.Form.ALONE && names.isOutput(header.name());
      }
      if (!weaker) {
        return best;
      }
      List<SectionSet> sets = new ArrayList<>(best.sets());
      with(later).sets().stream()
          .filter(s -> s.whole() && s.ended() && s.block() == null)
          .forEach(sets::add);
      return new Sections(sets, best.rivals(), seen);
    }

    private List<Header> from(int index) {
      int first = all.size();
      while (first > 0 && all.get(first - 1).start() >= index) {
        first--;
      }
      return all.subList(first, all.size());
    }

    private Sections with(Header.Form form) {
      return with(upTo(form));
    }

    /** The headers of a form and of surer ones. */
    private List<Header> upTo(Header.Form form) {
      List<Header> headers = new ArrayList<>(all.size());
      for (Header header : all) {
        if (header.form().compareTo(form) <= 0) {
          headers.add(header);
        }
      }
      return headers;
    }

    private Sections with(List<Header> headers) {
      List<Block> opaque = opaque();
      if (opaque.isEmpty()) {
        List<SectionSet> sets = sets(headers, opaque, null);
        return anyWhole(sets) ? whole(sets) : new Sections(List.copyOf(sets), List.of(), seen);
      }
      Map<Integer, List<Header>> byBlock = new HashMap<>();
      int[] within = Blocks.Opaque.within(headers, opaque);
      for (int i = 0; i < headers.size(); i++) {
        byBlock.computeIfAbsent(within[i], at -> new ArrayList<>()).add(headers.get(i));
      }
      List<SectionSet> outside = sets(byBlock.getOrDefault(-1, List.of()), opaque, null);
      List<SectionSet> inside = new ArrayList<>();
      for (int i = 0; i < opaque.size(); i++) {
        inside.addAll(sets(byBlock.getOrDefault(i, List.of()), List.of(), opaque.get(i)));
      }
      if (anyWhole(outside)) {
        Sections whole = whole(outside);
        int end = whole.sets().get(whole.sets().size() - 1).end();
        List<SectionSet> rivals =
            inside.stream().filter(set -> set.whole() && set.isRival(end)).toList();
        return new Sections(whole.sets(), rivals, seen);
      }
      if (anyWhole(inside)) {
        return whole(inside);
      }
      List<SectionSet> parts = new ArrayList<>(outside);
      parts.addAll(inside);
      return new Sections(parts, List.of(), seen);
    }

    private static boolean anyWhole(List<SectionSet> sets) {
      for (SectionSet set : sets) {
        if (set.whole()) {
          return true;
        }
      }
      return false;
    }

    /** The whole sets; one with a part of another after it may not be meant. */
    private Sections whole(List<SectionSet> sets) {
      List<SectionSet> whole = new ArrayList<>();
      for (SectionSet set : sets) {
        int last = whole.size() - 1;
        if (set.whole()) {
          whole.add(set);
        } else if (last >= 0 && set.revises(whole.get(last))) {
          whole.set(last, whole.get(last).doubted(twice(set)));
        }
      }
      List<SectionSet> filled = new ArrayList<>(whole.size());
      for (SectionSet set : whole) {
        if (set.filled() > 0) {
          filled.add(set);
        }
      }
      return new Sections(List.copyOf(filled.isEmpty() ? whole : filled), List.of(), seen);
    }

    private static String twice(SectionSet part) {
      return "a whole answer, or one with other sections "
          + String.join(", ", part.byName().keySet());
    }

    /** The blocks that do not count, by all headers in brackets. */
    private List<Block> opaque() {
      if (opaque == null) {
        List<Header> bracketed = upTo(Header.Form.EDGE);
        List<Header> telling = repeats(bracketed) ? bracketed : repeats(all) ? all : List.of();
        opaque = telling.isEmpty() ? List.of() : Blocks.Opaque.of(telling, blocks(), names);
      }
      return opaque;
    }

    private boolean repeats(List<Header> headers) {
      Set<String> once = new HashSet<>();
      for (Header header : headers) {
        if (names.isOutput(header.name()) && !once.add(String.valueOf(header.name()))) {
          return true;
        }
      }
      return false;
    }

    private List<Block> blocks() {
      if (blocks == null) {
        blocks = Blocks.of(reply);
      }
      return blocks;
    }

    private List<SectionSet> sets(List<Header> headers, List<Block> opaque, @Nullable Block block) {
      if (headers.isEmpty()) {
        return List.of();
      }
      int start = headers.get(0).start();
      Block around = block == null ? around(start) : block;
      int end = around == null ? reply.length() : around.contentEnd();
      int before = headers.get(headers.size() - 1).end();
      int limit = Math.max(end, before);
      List<Mark> marks = Mark.of(headers, tokens, opaque, limit, names);
      boolean asked = !tokens.isEmpty() && asked(start);
      return new SectionSplit(reply, names, marks, limit, block).sets(asked);
    }

    private boolean asked(int start) {
      return tokens.stream().anyMatch(token -> token.user() && token.start() < start);
    }

    /** The tags that open right before the first header: what closes them is no text. */
    private @Nullable Block around(int start) {
      int before = start;
      while (before > 0 && Character.isWhitespace(reply.charAt(before - 1))) {
        before--;
      }
      if (before == 0 || ">]▷}".indexOf(reply.charAt(before - 1)) < 0) {
        return null;
      }
      for (Block block : blocks()) {
        if (block.tagged() && block.contentStart() == before) {
          return block;
        }
      }
      return null;
    }
  }
}
