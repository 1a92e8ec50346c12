package dev.hone.adapter.frame;

import dev.hone.text.Interrupts;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds what encloses stretches of a reply: pairs of tags of any name in any of the brackets that
 * models use for them, code fences, runs of quoted lines. What is opened and never closed encloses
 * nothing.
 */
public final class Blocks {
  private static final String NAME = "[\\p{L}_][\\p{L}\\p{N}_:.-]{0,40}";
  private static final Pattern TAG =
      Pattern.compile(
          "(?=[<◁\\[{-])(?:<(?<angleEnd>/?)(?<angle>%1$s)(?:\\s[^<>]{0,200})?+>"
              .concat("|◁(?<wedgeEnd>/?)(?<wedge>%1$s)▷")
              .concat("|\\[(?<squareEnd>/?)(?<square>[A-Z][A-Z_]{1,30})]")
              .concat("|\\{(?<curlyEnd>/?)(?<curly>[a-z_]{3,30})}")
              .concat("|<\\|(?<pipeEnd>/|begin_of_|end_of_)(?<pipe>[a-z_]{2,40})\\|>")
              .concat("|(?<comment><!--)|(?<commentEnd>-->))")
              .formatted(NAME));
  private static final Pattern LINE =
      Pattern.compile(
          "^(?:[ \\t]{0,3}(?<fence>`{3,}+|~{3,}+)(?<info>[^`\\r\\n]*+)$|[ \\t]{0,3}(?<quote>>))",
          Pattern.MULTILINE);

  private final String text;
  private final List<Block> found = new ArrayList<>();

  private Blocks(String text) {
    this.text = text;
  }

  /** The blocks of a text, in the order in which they begin, the outer before the inner. */
  public static List<Block> of(String text) {
    Blocks blocks = new Blocks(text);
    blocks.tags();
    blocks.lines();
    blocks.found.sort(
        Comparator.comparingInt(Block::start).thenComparing(Block::end, Comparator.reverseOrder()));
    return List.copyOf(blocks.found);
  }

  /**
   * Whether the tags between two stretches say that the first was not the answer and the second is:
   * one that closes what is no answer, or one that opens an answer.
   */
  public static boolean handOver(String between) {
    Set<String> opened = new HashSet<>();
    Set<String> closed = new HashSet<>();
    Matcher matcher = TAG.matcher(between);
    while (matcher.find()) {
      Tag tag = Tag.of(matcher);
      (tag.closing() ? closed : opened).add(tag.name());
    }
    boolean answer = closed.stream().anyMatch(Block::isAnswer);
    boolean opensAnswer = opened.stream().anyMatch(Block::isAnswer);
    closed.removeAll(opened);
    return !answer && (opensAnswer || !closed.isEmpty());
  }

  /** How many lines of a text open or close a fence. */
  public static int fenceLines(String text) {
    int count = 0;
    Matcher matcher = LINE.matcher(text);
    while (matcher.find()) {
      count += matcher.group("fence") == null ? 0 : 1;
    }
    return count;
  }

  /** A text without its tags. */
  public static String withoutTags(String text) {
    return TAG.matcher(text).replaceAll(" ");
  }

  private void tags() {
    Map<String, Deque<int[]>> open = new HashMap<>();
    Matcher matcher = TAG.matcher(text);
    for (int i = 1; matcher.find(); i++) {
      Interrupts.check(i);
      Tag tag = Tag.of(matcher);
      Deque<int[]> same = open.computeIfAbsent(tag.key(), key -> new ArrayDeque<>());
      int[] last = tag.closing() ? same.poll() : null;
      if (last != null) {
        found.add(new Block(last[0], last[1], matcher.start(), matcher.end(), tag.name()));
      } else if (!tag.closing()) {
        same.push(new int[] {matcher.start(), matcher.end()});
      }
    }
  }

  private void lines() {
    @Nullable String sign = null;
    int[] open = new int[2];
    int quoteStart = -1;
    int quoteEnd = -1;
    Matcher matcher = LINE.matcher(text);
    for (int i = 1; matcher.find(); i++) {
      Interrupts.check(i);
      if (matcher.group("quote") != null) {
        if (matcher.start() != quoteEnd) {
          quoted(quoteStart, quoteEnd);
          quoteStart = matcher.start();
        }
        quoteEnd = nextLine(matcher.end());
        continue;
      }
      String fence = matcher.group("fence");
      if (sign == null) {
        sign = fence;
        open = new int[] {matcher.start(), matcher.end()};
      } else if (matcher.group("info").isBlank() && fence.startsWith(sign)) {
        found.add(new Block(open[0], open[1], matcher.start(), matcher.end(), Block.FENCE));
        sign = null;
      }
    }
    quoted(quoteStart, quoteEnd);
  }

  private void quoted(int start, int end) {
    if (start >= 0) {
      found.add(new Block(start, start, end, end, Block.QUOTE));
    }
  }

  private int nextLine(int from) {
    int end = text.indexOf('\n', from);
    return end < 0 ? text.length() : end + 1;
  }

  /**
   * One tag.
   *
   * @param key what an opening and its closing tag have in common
   * @param name its name in lower case
   * @param closing whether it closes
   */
  private record Tag(String key, String name, boolean closing) {
    static Tag of(Matcher matcher) {
      if (matcher.group("comment") != null || matcher.group("commentEnd") != null) {
        return new Tag("comment", "comment", matcher.group("commentEnd") != null);
      }
      for (String kind : List.of("angle", "wedge", "square", "curly")) {
        String name = matcher.group(kind);
        if (name != null) {
          String lower = name.toLowerCase(Locale.ROOT);
          return new Tag(kind + lower, lower, !matcher.group(kind + "End").isEmpty());
        }
      }
      String name = matcher.group("pipe");
      return new Tag("pipe" + name, name, !matcher.group("pipeEnd").startsWith("b"));
    }
  }

  /** Finds the blocks whose sections do not count, since others of the same names stand outside. */
  static final class Opaque {
    private final HeaderNames names;

    private Opaque(HeaderNames names) {
      this.names = names;
    }

    /**
     * The blocks with headers of outputs that stand outside of them too; fences only where they are
     * part of a section, since whole answers are fenced as well.
     */
    static List<Block> of(List<Header> headers, List<Block> blocks, HeaderNames names) {
      return new Opaque(names).of(headers, blocks);
    }

    private List<Block> of(List<Header> headers, List<Block> blocks) {
      Map<String, TreeSet<Integer>> starts = new HashMap<>();
      TreeSet<Integer> outputs = new TreeSet<>();
      for (Header header : headers) {
        if (names.isOutput(header.name())) {
          starts.computeIfAbsent(header.name(), n -> new TreeSet<>()).add(header.start());
          outputs.add(header.start());
        }
      }
      List<Block> opaque = new ArrayList<>();
      int next = 0;
      boolean inSection = false;
      for (Block block : blocks) {
        if (Block.isAnswer(block.name()) || !holds(outputs, block)) {
          continue;
        }
        for (; next < headers.size() && headers.get(next).start() < block.start(); next++) {
          inSection = opensSection(headers.get(next), inSection);
        }
        boolean counts = block.isFence() ? inSection : true;
        if (counts && starts.values().stream().anyMatch(at -> crosses(at, block))) {
          opaque.add(block);
          while (next < headers.size() && headers.get(next).start() < block.end()) {
            next++;
          }
        }
      }
      return opaque;
    }

    private boolean opensSection(Header header, boolean before) {
      String name = header.name();
      return names.isOutput(name) || before && !names.marker().equals(name);
    }

    private static boolean holds(NavigableSet<Integer> starts, Block block) {
      Integer first = starts.ceiling(block.contentStart());
      return first != null && first < block.contentEnd();
    }

    private static boolean crosses(NavigableSet<Integer> starts, Block block) {
      return holds(starts, block)
          && (starts.first() < block.contentStart() || starts.last() >= block.contentEnd());
    }

    /** For each header the innermost of some blocks that holds it; -1 for none. */
    static int[] within(List<Header> headers, List<Block> blocks) {
      int[] within = new int[headers.size()];
      List<Integer> open = new ArrayList<>();
      int next = 0;
      for (int i = 0; i < within.length; i++) {
        int at = headers.get(i).start();
        while (next < blocks.size() && blocks.get(next).contentStart() <= at) {
          open.add(next++);
        }
        while (!open.isEmpty() && blocks.get(open.get(open.size() - 1)).contentEnd() <= at) {
          open.remove(open.size() - 1);
        }
        within[i] = open.isEmpty() ? -1 : open.get(open.size() - 1);
      }
      return within;
    }
  }
}
