package dev.hone.report.record;

import dev.hone.InvalidInputException;
import dev.hone.evaluate.Evaluation;
import dev.hone.evaluate.PairedComparison;
import dev.hone.report.data.ComparisonEntry;
import dev.hone.report.data.ComparisonEntry.GainEntry;
import dev.hone.report.data.ScoreEntry;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** The program before and after, measured on the same examples. Not thread-safe. */
final class MeasuredPrograms {
  private String part = "";
  private boolean texts = true;
  private @Nullable Evaluation<?, ?> before;
  private @Nullable Evaluation<?, ?> after;
  private @Nullable ComparisonEntry known;

  void hideTexts() {
    texts = false;
    known = null;
  }

  void before(String name, Evaluation<?, ?> evaluation) {
    part = name;
    before = evaluation;
    known = null;
  }

  void after(String name, Evaluation<?, ?> evaluation) {
    part = name;
    after = evaluation;
    known = null;
  }

  /** What is known of both; null if nothing is. */
  @Nullable ComparisonEntry comparison() {
    ComparisonEntry entry = known;
    if (entry == null && (before != null || after != null)) {
      entry = compare();
      known = entry;
    }
    return entry;
  }

  private ComparisonEntry compare() {
    ComparedRows rows = new ComparedRows(before, after, texts);
    return new ComparisonEntry(
        part,
        score(before),
        score(after),
        gain(),
        before == null ? Map.of() : before.scoreByPart(),
        after == null ? Map.of() : after.scoreByPart(),
        rows.rows(),
        rows.leftOut(),
        rows.confusions());
  }

  private static @Nullable ScoreEntry score(@Nullable Evaluation<?, ?> evaluation) {
    if (evaluation == null || !evaluation.hasScore()) {
      return null;
    }
    int scored = (int) evaluation.scores().stream().filter(OptionalDouble::isPresent).count();
    return new ScoreEntry(
        evaluation.score(), evaluation.interval().lower(), evaluation.interval().upper(), scored);
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private @Nullable GainEntry gain() {
    if (before == null || after == null) {
      return null;
    }
    try {
      PairedComparison gain = PairedComparison.of((Evaluation) before, (Evaluation) after);
      return new GainEntry(
          gain.meanDifference(),
          gain.interval().lower(),
          gain.interval().upper(),
          gain.probabilityBetter(),
          gain.better(),
          gain.worse(),
          gain.equal());
    } catch (InvalidInputException e) {
      return null;
    }
  }
}
