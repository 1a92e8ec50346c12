package dev.hone.report.page;

import dev.hone.report.data.ComparisonEntry;
import dev.hone.report.data.ComparisonEntry.AnswerEntry;
import dev.hone.report.data.ComparisonEntry.RowEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The examples of a comparison, in groups of which each shows the most telling ones. */
public final class ExampleGroups {
  private static final int MOST_CHANGED = 100;
  private static final int MOST_FAILED = 50;
  private static final int MOST_OTHERS = 20;
  private static final double GOOD = 0.999;

  private ExampleGroups() {}

  /**
   * A group.
   *
   * @param id names it on the page
   * @param title what its examples have in common
   * @param count how many there are
   * @param shown those that are shown
   * @param open whether it is unfolded at first
   */
  public record Group(String id, String title, int count, List<RowEntry> shown, boolean open) {}

  /** The groups that are not empty: won, lost, wrong in both, all others; or wrong and right. */
  public static List<Group> of(ComparisonEntry comparison) {
    List<Group> groups = new ArrayList<>();
    List<RowEntry> rows = comparison.rows();
    if (comparison.before() != null && comparison.after() != null) {
      double top = top(rows);
      add(groups, rows, MOST_CHANGED, new Named("won", "Won", true), row -> change(row) > 0);
      add(groups, rows, MOST_CHANGED, new Named("lost", "Lost", true), row -> change(row) < 0);
      Predicate<RowEntry> same = row -> change(row) == 0;
      Predicate<RowEntry> good = row -> score(row.after()) >= top;
      add(
          groups,
          rows,
          MOST_FAILED,
          new Named("both", "Short of full marks before and after", false),
          same.and(good.negate()));
      add(
          groups,
          rows,
          MOST_OTHERS,
          new Named("same", "Full marks before and after", false),
          same.and(good));
    } else {
      boolean before = comparison.before() != null;
      add(
          groups,
          rows,
          MOST_CHANGED,
          new Named("wrong", "Short of full marks", true),
          row -> score(before ? row.before() : row.after()) < GOOD);
      add(
          groups,
          rows,
          MOST_OTHERS,
          new Named("right", "Full marks", false),
          row -> score(before ? row.before() : row.after()) >= GOOD);
    }
    return groups;
  }

  private record Named(String id, String title, boolean open) {}

  private static void add(
      List<Group> groups, List<RowEntry> rows, int most, Named name, Predicate<RowEntry> which) {
    List<RowEntry> all =
        rows.stream()
            .filter(which)
            .sorted(Comparator.comparingDouble(row -> -Math.abs(change(row))))
            .toList();
    if (!all.isEmpty()) {
      groups.add(
          new Group(
              name.id(),
              name.title(),
              all.size(),
              all.subList(0, Math.min(most, all.size())),
              name.open()));
    }
  }

  /** The best score that any example has, or 1. */
  private static double top(List<RowEntry> rows) {
    double best = rows.stream().mapToDouble(row -> score(row.after())).max().orElse(1);
    return Math.min(best, 1) < GOOD ? GOOD : Math.min(best, GOOD);
  }

  private static double score(@Nullable AnswerEntry answer) {
    Double score = answer == null ? null : answer.score();
    return score == null ? 0 : score;
  }

  private static double change(RowEntry row) {
    AnswerEntry before = row.before();
    AnswerEntry after = row.after();
    Double old = before == null ? null : before.score();
    Double now = after == null ? null : after.score();
    return old == null || now == null ? 0 : now - old;
  }
}
