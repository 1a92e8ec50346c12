package dev.hone.metric;

import dev.hone.InvalidInputException;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a metric gives for one output: a number, with feedback and parts. Immutable. */
public final class Score {
  private final double value;
  private final String feedback;
  private final Map<String, Double> parts;
  private final @Nullable JudgeSpread spread;

  /** Sums and squares of scores up to this are finite numbers. */
  private static final double LARGEST = 1e100;

  private Score(
      double value, String feedback, Map<String, Double> parts, @Nullable JudgeSpread spread) {
    if (!Double.isFinite(value)) {
      throw InvalidInputException.of(
          "A metric gave the score " + value + ", expected a finite number",
          "check it for a division by zero");
    }
    if (Math.abs(value) > LARGEST) {
      throw InvalidInputException.of(
          "A metric gave the score " + value + ", expected one from -1e100 to 1e100",
          "divide it, since larger ones have no mean");
    }
    this.value = value;
    this.feedback = feedback;
    this.parts = parts;
    this.spread = spread;
  }

  /**
   * A score without feedback.
   *
   * @throws InvalidInputException if it is not a finite number from -1e100 to 1e100
   */
  public static Score of(double value) {
    return new Score(value, "", Map.of(), null);
  }

  /**
   * A score with the reason for it, in words.
   *
   * @throws InvalidInputException if it is not a finite number from -1e100 to 1e100
   */
  public static Score of(double value, String feedback) {
    return new Score(value, feedback, Map.of(), null);
  }

  /**
   * The mean of what several verdicts of a judge on one output count, with their {@link #spread}.
   *
   * @param verdicts what each counts; one has no spread
   * @throws InvalidInputException if there are none, or one is not a finite number from -1e100 to
   *     1e100
   */
  public static Score ofVerdicts(double... verdicts) {
    if (verdicts.length == 0) {
      throw InvalidInputException.of("The mean of no verdicts is undefined", "give at least one");
    }
    Arrays.stream(verdicts).forEach(Score::of);
    boolean same = Arrays.stream(verdicts).allMatch(verdict -> verdict == verdicts[0]);
    double mean = same ? verdicts[0] : Arrays.stream(verdicts).average().orElseThrow();
    return new Score(mean, "", Map.of(), verdicts.length == 1 ? null : JudgeSpread.of(verdicts));
  }

  /** 1 or 0. */
  public static Score of(boolean success) {
    return of(success ? 1 : 0);
  }

  /**
   * The mean of several scores, which become its parts, with their own parts; its feedback is
   * theirs, a line each.
   *
   * @param scores the scores by name, such as that of their field, in order
   * @throws InvalidInputException if there are none
   */
  public static Score mean(Map<String, Score> scores) {
    if (scores.isEmpty()) {
      throw InvalidInputException.of("The mean of no scores is undefined", "give at least one");
    }
    Map<String, Double> parts = new LinkedHashMap<>();
    scores.forEach((name, score) -> parts.put(name, score.value()));
    scores.values().forEach(score -> score.parts().forEach(parts::putIfAbsent));
    return new Score(
        scores.values().stream().mapToDouble(Score::value).average().orElseThrow(),
        scores.values().stream()
            .map(Score::feedback)
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining("\n")),
        Collections.unmodifiableMap(parts),
        spreadOf(scores));
  }

  private static @Nullable JudgeSpread spreadOf(Map<String, Score> scores) {
    List<JudgeSpread> spreads =
        scores.values().stream().flatMap(score -> score.spread().stream()).toList();
    return spreads.isEmpty() ? null : JudgeSpread.ofParts(spreads, scores.size());
  }

  /** A copy with another feedback. */
  public Score withFeedback(String text) {
    return new Score(value, text, parts, spread);
  }

  /**
   * A copy of another value, such as a weighted mean of its parts.
   *
   * @throws InvalidInputException if it is not a finite number from -1e100 to 1e100
   */
  public Score withValue(double other) {
    return new Score(other, feedback, parts, spread);
  }

  /** The score; usually 0 to 1, higher is better; always finite. */
  public double value() {
    return value;
  }

  /** Why, in words; empty if nothing was said. */
  public String feedback() {
    return feedback;
  }

  /** The scores that it is made of, by name, in order; empty if it is a single one. Read-only. */
  public Map<String, Double> parts() {
    return parts;
  }

  /** How far the verdicts differ, where a judge was asked several times; else empty. */
  public Optional<JudgeSpread> spread() {
    return Optional.ofNullable(spread);
  }

  /** Equal in value, feedback, parts and spread. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Score score
        && Double.compare(value, score.value) == 0
        && feedback.equals(score.feedback)
        && parts.equals(score.parts)
        && Objects.equals(spread, score.spread);
  }

  @Override
  public int hashCode() {
    return Objects.hash(value, feedback, parts, spread);
  }

  /** One line, such as {@code Score[0.5, expected LOW, found HIGH]}. */
  @Override
  public String toString() {
    return "Score[" + value + (feedback.isEmpty() ? "]" : ", " + feedback + "]");
  }
}
