package dev.hone.replies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.hone.adapter.Adapter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every reply of the corpus is read as a careful reader would, or refused where that is right. */
@Tag("once")
class ReplyCorpusTest {
  private static final List<ReplyCase> CASES = ReplyCases.all();

  /** How many rows the list of faults has for each entry about the reading of replies. */
  private static final Map<String, Integer> ROWS =
      Map.ofEntries(
          Map.entry("K-A1", 6),
          Map.entry("K-A2", 7),
          Map.entry("K-B2", 1),
          Map.entry("K-C1", 6),
          Map.entry("K-C2", 13),
          Map.entry("K-D1", 6),
          Map.entry("K-E1", 8),
          Map.entry("K-F1", 6),
          Map.entry("K-H1", 4),
          Map.entry("F1", 8),
          Map.entry("F2a", 1),
          Map.entry("F2b", 1),
          Map.entry("F2c", 4),
          Map.entry("F2d", 3),
          Map.entry("F2e", 1),
          Map.entry("F2f", 1),
          Map.entry("F2g", 1),
          Map.entry("F2h", 1),
          Map.entry("F10a", 1),
          Map.entry("F10b", 1),
          Map.entry("F10c", 1),
          Map.entry("P1", 11),
          Map.entry("P2", 13),
          Map.entry("P3", 8),
          Map.entry("P4", 5),
          Map.entry("P5", 7),
          Map.entry("P6", 7),
          Map.entry("P7", 4),
          Map.entry("P8", 4),
          Map.entry("P9", 1),
          Map.entry("P10", 2),
          Map.entry("P11", 10),
          Map.entry("P12", 4));

  static Stream<Arguments> readings() {
    return CASES.stream()
        .flatMap(c -> c.adapters().stream().map(adapter -> Arguments.of(c, adapter)));
  }

  @ParameterizedTest(name = "{0} [{1}]")
  @MethodSource("readings")
  void readsEveryReplyAsItWasMeantOrRefusesIt(ReplyCase reply, Adapter adapter) {
    String fault = reply.fault(adapter);
    if (fault != null) {
      fail(
          "%s, by %s, is %s; acceptable: %s; the reply:%n%s"
              .formatted(reply, adapter.id(), fault, reply.acceptable(), reply.reply()));
    }
  }

  /**
   * The adapter of tags accepts sections and JSON too; it may refuse them, but not misread them.
   */
  @Test
  void noReplyInSectionsOrJsonIsMisreadWhereTagsWereAskedFor() {
    List<String> misread = new ArrayList<>();
    int read = 0;
    for (ReplyCase reply : CASES) {
      String fault = reply.adapters().contains(Adapter.xml()) ? null : reply.fault(Adapter.xml());
      if (fault != null && !fault.startsWith("refused")) {
        misread.add(reply + " is " + fault + "; acceptable: " + reply.acceptable());
      }
      read += fault == null ? 1 : 0;
    }

    assertThat(misread).isEmpty();
    assertThat(read).isGreaterThan(CASES.size() * 9 / 10);
  }

  @Test
  void thereAreThreeHundredRepliesOfWhichAHundredComeFromPublicReports() {
    assertThat(CASES).hasSizeGreaterThanOrEqualTo(300);
    assertThat(CASES.stream().filter(c -> c.place().startsWith("reports-")))
        .hasSizeGreaterThanOrEqualTo(100)
        .allMatch(c -> c.source().startsWith("https://"));
  }

  @Test
  void everyRowOfTheListOfFaultsAboutReadingIsThere() {
    Map<String, Long> counts =
        CASES.stream()
            .filter(c -> !c.id().equals("-"))
            .collect(Collectors.groupingBy(ReplyCase::id, TreeMap::new, Collectors.counting()));

    assertThat(counts.keySet()).isEqualTo(new TreeMap<>(ROWS).keySet());
    counts.forEach((id, count) -> assertThat(count).as(id).isGreaterThanOrEqualTo(ROWS.get(id)));
  }

  @Test
  void noCaseIsThereTwice() {
    Set<List<Object>> seen = new HashSet<>();
    List<ReplyCase> twice = new ArrayList<>();
    for (ReplyCase reply : CASES) {
      if (!seen.add(
          List.of(
              reply.reply(),
              reply.adapters(),
              reply.stop(),
              reply.prompt().callsByParts(),
              String.valueOf(reply.reasoning()),
              reply.prompt().input(),
              reply.prompt().signature().describe()))) {
        twice.add(reply);
      }
    }

    assertThat(twice).isEmpty();
  }
}
