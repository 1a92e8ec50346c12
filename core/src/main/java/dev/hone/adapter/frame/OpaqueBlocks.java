package dev.hone.adapter.frame;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Finds the blocks whose sections do not count, since others of the same names stand outside. */
final class OpaqueBlocks {
  private final HeaderNames names;

  private OpaqueBlocks(HeaderNames names) {
    this.names = names;
  }

  /**
   * The blocks with headers of outputs that stand outside of them too; fences only where they are
   * part of a section, since whole answers are fenced as well.
   */
  static List<Block> of(List<Header> headers, List<Block> blocks, HeaderNames names) {
    return new OpaqueBlocks(names).of(headers, blocks);
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
