package dev.hone.report.page;

import dev.hone.report.data.ComparisonEntry;
import dev.hone.report.data.ResultEntry;
import dev.hone.report.data.RunData;
import dev.hone.report.data.ScoreEntry;
import dev.hone.report.data.TrialEntry;
import dev.hone.text.Rounded;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How scores are written and where they stand on an axis: those from 0 to 1 as points of 100, all
 * others as they are.
 *
 * @param points whether scores are written as points of 100
 * @param lowest the score at the left end of an axis
 * @param highest the score at its right end
 */
public record Scale(boolean points, double lowest, double highest) {
  private static final double MARGIN = 5;

  /** The scale of all scores of some runs. */
  public static Scale of(List<RunData> runs) {
    double[] all = runs.stream().flatMap(Scale::scores).flatMapToDouble(Scale::ends).toArray();
    boolean unit = DoubleStream.of(all).allMatch(score -> score >= 0 && score <= 1);
    if (unit) {
      return new Scale(true, 0, 1);
    }
    double low = DoubleStream.of(all).min().orElse(0);
    double high = DoubleStream.of(all).max().orElse(1);
    return new Scale(false, low, high > low ? high : low + 1);
  }

  private static Stream<ScoreEntry> scores(RunData run) {
    List<@Nullable ScoreEntry> scores = new ArrayList<>();
    run.trials().stream().map(TrialEntry::score).forEach(scores::add);
    ResultEntry result = run.result();
    if (result != null) {
      scores.add(result.baseline());
      scores.add(result.best());
    }
    ComparisonEntry comparison = run.comparison();
    if (comparison != null) {
      scores.add(comparison.before());
      scores.add(comparison.after());
    }
    return scores.stream().filter(Objects::nonNull).map(Objects::requireNonNull);
  }

  private static DoubleStream ends(ScoreEntry score) {
    return Stream.of(score.mean(), score.lower(), score.upper())
        .filter(Objects::nonNull)
        .mapToDouble(Double::doubleValue);
  }

  /** A score, such as {@code 72.9} or {@code 0.729}. */
  public String score(double value) {
    return points ? Rounded.points(value) : Rounded.of(value, 3);
  }

  /** A score where there may be none. */
  public String score(@Nullable ScoreEntry value) {
    return value == null ? "–" : score(value.mean());
  }

  /** A difference of scores with its sign, such as {@code +12.5}. */
  public String difference(double value) {
    return points ? Rounded.signedPoints(value) : Rounded.signedOf(value, 3);
  }

  /** The ends of an interval, such as {@code 41.2 to 58.8}; empty if there is none. */
  public String interval(@Nullable ScoreEntry value) {
    if (value == null) {
      return "";
    }
    Double lower = value.lower();
    Double upper = value.upper();
    return lower == null || upper == null ? "" : score(lower) + " to " + score(upper);
  }

  /** A score with its interval and the number of examples, for those who do not see a chart. */
  public String full(@Nullable ScoreEntry value) {
    if (value == null) {
      return "no score";
    }
    String interval = interval(value);
    return "%s%s on %s"
        .formatted(
            score(value.mean()),
            interval.isEmpty() ? "" : " (" + interval + ")",
            Words.count(value.examples(), "example"));
  }

  /** What a score is, for captions. */
  public String unit() {
    return points ? "points of 100" : "as the metric gives them";
  }

  /** Where a score stands on an axis of a length, with room for a mark at both ends. */
  public double at(double value, double length) {
    double share = Math.max(0, Math.min(1, (value - lowest) / (highest - lowest)));
    return Math.round((MARGIN + share * (length - 2 * MARGIN)) * 10) / 10.0;
  }

  /** How high a score is between two others, in steps from 0 to 9. */
  public static int step(double value, double low, double high) {
    return high > low ? (int) Math.max(0, Math.min(9, 10 * (value - low) / (high - low))) : 5;
  }
}
