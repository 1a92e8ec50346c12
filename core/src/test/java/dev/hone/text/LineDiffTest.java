package dev.hone.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineDiffTest {
  @Test
  void showsWhatWasRemovedAndAddedBetweenWhatStayed() {
    assertThat(LineDiff.of("a\nb\nc\nd", "a\nx\nc\nd\ne"))
        .containsExactly("  a", "- b", "+ x", "  c", "  d", "+ e");
    assertThat(LineDiff.of("", "a")).containsExactly("+ a");
    assertThat(LineDiff.of("a", "a")).containsExactly("  a");
    assertThat(LineDiff.of("a\nb", "b")).containsExactly("- a", "  b");
  }

  @Test
  void givesBothTextsBackAndAsManyCommonLinesAsAnyOther() {
    SplittableRandom random = new SplittableRandom(7);
    for (int run = 0; run < 300; run++) {
      List<String> before = lines(random);
      List<String> after = lines(random);

      List<String> diff = LineDiff.of(before, after);

      assertThat(side(diff, "+ ")).isEqualTo(before);
      assertThat(side(diff, "- ")).isEqualTo(after);
      assertThat(diff.stream().filter(line -> line.startsWith("  ")).count())
          .isEqualTo(mostCommon(before, after, 0, 0));
    }
  }

  private static List<String> lines(SplittableRandom random) {
    return IntStream.range(0, random.nextInt(8))
        .mapToObj(i -> String.valueOf((char) ('a' + random.nextInt(4))))
        .toList();
  }

  private static List<String> side(List<String> diff, String without) {
    return diff.stream()
        .filter(line -> !line.startsWith(without))
        .map(line -> line.substring(2))
        .toList();
  }

  private static long mostCommon(List<String> a, List<String> b, int i, int j) {
    if (i == a.size() || j == b.size()) {
      return 0;
    }
    return a.get(i).equals(b.get(j))
        ? 1 + mostCommon(a, b, i + 1, j + 1)
        : Math.max(mostCommon(a, b, i + 1, j), mostCommon(a, b, i, j + 1));
  }

  @Test
  void showsVeryLargeChangesAsAWhole() {
    List<String> before = new ArrayList<>(List.of("same"));
    List<String> after = new ArrayList<>(List.of("same"));
    IntStream.range(0, 3_000).forEach(i -> before.add("old " + i));
    IntStream.range(0, 3_000).forEach(i -> after.add("new " + i));

    List<String> diff = LineDiff.of(before, after);

    assertThat(diff).hasSize(6_001).startsWith("  same", "- old 0").endsWith("+ new 2999");
  }
}
