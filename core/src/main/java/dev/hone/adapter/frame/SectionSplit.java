package dev.hone.adapter.frame;

import dev.hone.text.Excerpt;
import dev.hone.text.Interrupts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Splits one stretch of a reply into sets of output sections. A text section goes on over all that
 * is no header of an output which the set still lacks, no end marker and no new question; other
 * sections end at any header. Where a text may as well go on as end, the set carries the doubt.
 */
final class SectionSplit {
  private static final int SHOWN_CHARS = 60;

  private final String reply;
  private final HeaderNames names;
  private final List<Mark> marks;
  private final int[] nextKey;
  private final int end;
  private final @Nullable Block block;
  private Fences fences;
  private final List<SectionSet> sets = new ArrayList<>();

  private final Map<String, String> contents = new LinkedHashMap<>();
  private final Map<String, String> inputs = new LinkedHashMap<>();
  private @Nullable Question question;
  private boolean first = true;
  private boolean open;
  private int setStart;
  private int lastEnd;
  private @Nullable Mark last;
  private @Nullable String doubt;

  /**
   * A split.
   *
   * @param marks the marks of the stretch, in order; at least one
   * @param end where the stretch ends
   * @param block what encloses it; null for nothing that matters
   */
  SectionSplit(String reply, HeaderNames names, List<Mark> marks, int end, @Nullable Block block) {
    this.reply = reply;
    this.names = names;
    this.marks = marks;
    this.end = end;
    this.block = block;
    int from = block == null ? 0 : Math.min(block.contentStart(), marks.get(0).start());
    this.fences = Fences.of(reply, from, marks.get(0).start());
    this.nextKey = new int[marks.size() + 1];
    nextKey[marks.size()] = marks.size();
    for (int i = marks.size() - 1; i >= 0; i--) {
      nextKey[i] = marks.get(i).isKey() ? i : nextKey[i + 1];
    }
  }

  /** The sets, in order; a turn of the user before the stretch is the first question. */
  List<SectionSet> sets(boolean asked) {
    question = asked ? new Question(Map.of()) : null;
    for (int i = 0; i < marks.size(); i++) {
      Interrupts.check(i);
      Mark mark = marks.get(i);
      switch (mark.kind()) {
        case OUTPUT -> output(mark, i);
        case MARKER -> marker(mark, i);
        case INPUT -> input(mark, i);
        case UNKNOWN -> unknown(mark);
        case TOKEN -> token(mark, i);
        case BLOCK -> block(mark, i);
      }
    }
    cut(end, false, null);
    close(end, false);
    return sets;
  }

  private void output(Mark mark, int i) {
    String name = String.valueOf(mark.name());
    if (open && holds(name)) {
      boolean again = wholeFrom(i);
      if (!again && inText()) {
        if (doubt == null && mark.sure() && hasRequired()) {
          doubt = doubt(reply.substring(last().end(), mark.start()), mark, "ends");
        }
        return;
      }
      boolean complete = hasRequired();
      cut(mark.start(), true, null);
      String text = complete ? null : firstText();
      close(mark.start(), false);
      doubt = text == null ? null : doubt(text, mark, "is a draft");
    }
    cut(mark.start(), true, mark);
    if (!open) {
      ask();
      fences = sets.isEmpty() ? fences : fences.next(lastEnd, mark.start());
      open = true;
      setStart = mark.start();
    }
    contents.putIfAbsent(name, "");
  }

  private void marker(Mark mark, int i) {
    if (!open) {
      cut(mark.start(), true, mark);
      return;
    }
    Mark next = at(i + 1);
    Mark key = at(nextKey[i + 1]);
    boolean more = key != null && key.kind() == Mark.Kind.OUTPUT && !holds(key.name());
    Mark again = next != null && next.kind() == Mark.Kind.MARKER ? next : null;
    boolean mention = again != null && again.sure() && !mark.sure();
    if (inText() && (more && !hasRequired() || mention)) {
      return;
    }
    if (inText() && again != null && !reply.substring(mark.end(), again.start()).isBlank()) {
      doubt = doubt(reply.substring(last().end(), mark.start()), mark, "ends");
    }
    cut(mark.start(), true, mark);
    close(mark.end(), true);
  }

  private void input(Mark mark, int i) {
    if (!open) {
      cut(mark.start(), true, mark);
      return;
    }
    Mark key = at(nextKey[i]);
    boolean asks = mark.sure() && hasRequired() && (key == null || isAgain(key));
    if (asks && inText()) {
      doubt = doubt(reply.substring(last().end(), mark.start()), mark, "ends");
    }
    if (asks) {
      cut(mark.start(), true, mark);
      close(mark.start(), true);
    } else if (mark.sure() && !inText()) {
      cut(mark.start(), true, null);
    }
  }

  private boolean isAgain(Mark key) {
    return key.kind() == Mark.Kind.OUTPUT && holds(key.name());
  }

  private void unknown(Mark mark) {
    if (open && !inText()) {
      cut(mark.start(), true, null);
    }
  }

  private void token(Mark mark, int i) {
    TurnToken token = mark.token();
    if (token == null) {
      return;
    }
    Mark key = at(nextKey[i]);
    boolean inside = key != null && (key.kind() == Mark.Kind.MARKER || !isAgain(key));
    if (open && (inside || !hasRequired())) {
      return;
    }
    if (open) {
      boolean plain = token.end() >= end || token.opens();
      if (inText() && !plain) {
        if (token.isMention(reply)) {
          return;
        }
        doubt = doubt(reply.substring(last().end(), mark.start()), mark, "ends");
      }
      cut(mark.start(), true, null);
      close(mark.start(), true);
    }
    if (token.user()) {
      inputs.clear();
      question = new Question(Map.of());
      first = true;
    }
  }

  private void block(Mark mark, int i) {
    Mark key = at(nextKey[i]);
    if (!open || !hasRequired() || key != null && !isAgain(key)) {
      return;
    }
    if (inText()) {
      doubt = doubt(reply.substring(last().end(), mark.start()), mark, "ends");
    }
    cut(mark.start(), true, null);
    close(mark.start(), false);
  }

  /** Ends the span that is open, if any, and opens that of a mark. */
  private void cut(int at, boolean followed, @Nullable Mark next) {
    Mark before = last;
    last = next;
    if (before == null) {
      return;
    }
    int contentEnd = fences.contentEnd(before.end(), at, followed);
    String content = reply.substring(before.end(), Math.max(before.end(), contentEnd)).strip();
    if (before.kind() == Mark.Kind.OUTPUT && open) {
      contents.put(String.valueOf(before.name()), content);
    } else if (before.kind() == Mark.Kind.INPUT && !open) {
      inputs.put(String.valueOf(before.name()), content);
    }
  }

  /** The sections of inputs since the last set are the question of the next. */
  private void ask() {
    if (!inputs.isEmpty()) {
      question = new Question(inputs);
      first = true;
      inputs.clear();
    }
  }

  private void close(int at, boolean ended) {
    if (open) {
      boolean whole = hasRequired() && (ended || contents.size() == names.outputs().size());
      sets.add(
          new SectionSet(
              Collections.unmodifiableMap(new LinkedHashMap<>(contents)),
              setStart,
              at,
              ended,
              whole,
              block,
              question,
              first,
              doubt));
      first = false;
      lastEnd = at;
    }
    open = false;
    doubt = null;
    contents.clear();
  }

  private boolean hasRequired() {
    return names.hasRequired(contents.keySet());
  }

  private boolean holds(@Nullable String name) {
    return contents.containsKey(String.valueOf(name));
  }

  private boolean inText() {
    Mark mark = last;
    return mark != null
        && mark.kind() == Mark.Kind.OUTPUT
        && names.isText(String.valueOf(mark.name()));
  }

  private Mark last() {
    return last == null ? marks.get(0) : last;
  }

  private @Nullable Mark at(int i) {
    return i < marks.size() ? marks.get(i) : null;
  }

  /** The first text that is not empty. */
  private @Nullable String firstText() {
    return contents.entrySet().stream()
        .filter(entry -> names.isText(entry.getKey()) && !entry.getValue().isEmpty())
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  /** Whether the headers from one on, until one comes again, are those of a whole set. */
  private boolean wholeFrom(int i) {
    Set<String> found = new HashSet<>();
    int at = i;
    while (at < marks.size()) {
      Mark mark = marks.get(at);
      if (mark.kind() == Mark.Kind.MARKER || !found.add(String.valueOf(mark.name()))) {
        break;
      }
      at = nextKey[at + 1];
    }
    return names.hasRequired(found);
  }

  private String doubt(String before, Mark mark, String what) {
    String next = reply.substring(mark.start(), Math.min(reply.length(), mark.start() + 400));
    return "a text that %s with \"%s\", or goes on with \"%s\""
        .formatted(
            what,
            Excerpt.end(Excerpt.singleSpaced(Excerpt.end(before, 400)), SHOWN_CHARS),
            Excerpt.ofLine(next, SHOWN_CHARS));
  }
}
