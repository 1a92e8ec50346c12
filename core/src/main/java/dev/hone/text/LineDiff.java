package dev.hone.text;

import java.util.ArrayList;
import java.util.List;

/**
 * What changed between two texts, line by line: by a longest common subsequence, so that as few
 * lines as possible are shown as changed. Texts whose differing parts are very large are shown as
 * removed and added as a whole.
 */
public final class LineDiff {
  /** Pairs of lines that are compared at most: 16 MB of memory. */
  private static final long MOST_PAIRS = 4_000_000;

  private LineDiff() {}

  /**
   * The lines of both texts, each behind {@code " "} if both have it, {@code "- "} if only the
   * first, {@code "+ "} if only the second.
   */
  public static List<String> of(String before, String after) {
    return of(before.lines().toList(), after.lines().toList());
  }

  /** The same of two lists. */
  public static List<String> of(List<String> before, List<String> after) {
    int start = 0;
    while (start < Math.min(before.size(), after.size())
        && before.get(start).equals(after.get(start))) {
      start++;
    }
    int end = 0;
    while (end < Math.min(before.size(), after.size()) - start
        && before.get(before.size() - 1 - end).equals(after.get(after.size() - 1 - end))) {
      end++;
    }
    List<String> lines = new ArrayList<>();
    add(lines, "  ", before.subList(0, start));
    middle(
        before.subList(start, before.size() - end),
        after.subList(start, after.size() - end),
        lines);
    add(lines, "  ", before.subList(before.size() - end, before.size()));
    return lines;
  }

  private static void add(List<String> lines, String sign, List<String> texts) {
    texts.forEach(text -> lines.add(sign + text));
  }

  private static void middle(List<String> before, List<String> after, List<String> lines) {
    if ((long) before.size() * after.size() > MOST_PAIRS) {
      add(lines, "- ", before);
      add(lines, "+ ", after);
      return;
    }
    int[][] common = common(before, after);
    int i = 0;
    int j = 0;
    while (i < before.size() || j < after.size()) {
      if (i < before.size() && j < after.size() && before.get(i).equals(after.get(j))) {
        lines.add("  " + before.get(i));
        i++;
        j++;
      } else if (i < before.size() && (j == after.size() || common[i + 1][j] >= common[i][j + 1])) {
        lines.add("- " + before.get(i++));
      } else {
        lines.add("+ " + after.get(j++));
      }
    }
  }

  /** The length of the longest common subsequence of what follows two places. */
  private static int[][] common(List<String> before, List<String> after) {
    int[][] common = new int[before.size() + 1][after.size() + 1];
    for (int i = before.size() - 1; i >= 0; i--) {
      for (int j = after.size() - 1; j >= 0; j--) {
        common[i][j] =
            before.get(i).equals(after.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    return common;
  }
}
