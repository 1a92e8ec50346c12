package dev.hone.evaluate;

import dev.hone.context.Spend;
import dev.hone.metric.JudgeSpread;
import dev.hone.stats.Interval;
import dev.hone.text.Excerpt;
import dev.hone.text.Plural;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** An evaluation on one screen. */
final class EvaluationText {
  private static final int SHOWN_CHARACTERS = 300;
  private static final int MOST_ERRORS = 5;
  private static final int MOST_WORST = 5;
  private static final double MOST_PLAIN = 1e9;

  private EvaluationText() {}

  static <I, O> String of(Evaluation<I, O> evaluation) {
    List<String> lines = new ArrayList<>(List.of(headline(evaluation)));
    Map<String, Double> parts = evaluation.scoreByPart();
    if (parts.size() > 1) {
      lines.add(
          parts.entrySet().stream()
              .map(part -> part.getKey() + " " + number(part.getValue()))
              .collect(Collectors.joining(", ")));
    }
    judging(evaluation).ifPresent(lines::add);
    evaluation.errorsByClass().entrySet().stream()
        .limit(MOST_ERRORS)
        .forEach(entry -> lines.add(error(evaluation, entry.getKey(), entry.getValue())));
    evaluation.notes().forEach(note -> lines.add("note: " + note));
    if (evaluation.hasScore()) {
      double mean = meanOfExamples(evaluation);
      // All the same and not all right: then any of them is worth a look.
      boolean same = evaluation.worstPositions(1, score -> score < mean).isEmpty() && mean < 1;
      List<Integer> worst = evaluation.worstPositions(MOST_WORST, score -> same || score < mean);
      if (!worst.isEmpty()) {
        lines.add(new EvaluationTable(evaluation).of(worst));
      }
    }
    return String.join(System.lineSeparator(), lines);
  }

  /** The worst are those below it, also where the score is another number. */
  private static double meanOfExamples(Evaluation<?, ?> evaluation) {
    return evaluation.scores().stream()
        .flatMapToDouble(score -> score.stream())
        .average()
        .orElse(0);
  }

  private static String headline(Evaluation<?, ?> evaluation) {
    StringBuilder text = new StringBuilder("no score");
    if (evaluation.hasScore()) {
      Interval interval = evaluation.interval();
      text.setLength(0);
      String of = evaluation.corpusMetric().isPresent() ? evaluation.scoreName() : "score";
      text.append(of).append(" ").append(number(evaluation.score()));
      text.append(" [%s, %s]".formatted(number(interval.lower()), number(interval.upper())));
    }
    int size = evaluation.results().size();
    long scored = evaluation.scores().stream().filter(score -> score.isPresent()).count();
    text.append(scored == size ? " on " : " on " + scored + " of ");
    text.append(Plural.of(size, "example"));
    counts(evaluation::count).forEach(count -> text.append(", ").append(count));
    return text.append(", ")
        .append(Plural.of(evaluation.spend().lmCalls(), "model call"))
        .append(evaluation.spend().moneyPhrase())
        .toString();
  }

  /** What the judge within the metric did; empty if there is none. */
  private static Optional<String> judging(Evaluation<?, ?> evaluation) {
    List<String> facts = new ArrayList<>();
    if (!evaluation.judgeSpend().equals(Spend.NONE)) {
      facts.add(evaluation.judgeSpend() + " of it all");
    }
    long failed = evaluation.judgeFailures();
    if (failed > 0) {
      facts.add("failed on " + failed + " of " + Plural.of(evaluation.results().size(), "example"));
    }
    evaluation.judgeSpread().ifPresent(spread -> facts.add(spread(spread)));
    return facts.isEmpty() ? Optional.empty() : Optional.of("judge: " + String.join("; ", facts));
  }

  private static String spread(JudgeSpread spread) {
    return String.format(
        Locale.ROOT,
        "%d verdicts on each output, %.1f %% of them differ from the most frequent one, on %d of %s;"
            + " this gives the score a standard error of %s",
        spread.verdicts(),
        100 * spread.flips(),
        spread.flippedExamples(),
        Plural.of(spread.examples(), "example"),
        number(spread.standardError()));
  }

  /**
   * How many outcomes there are of each kind that is a failure, without those there are none of.
   */
  static List<String> counts(ToLongFunction<Class<?>> counter) {
    Map<Class<?>, String> names = new LinkedHashMap<>();
    names.put(Outcome.ProgramFailed.class, "program failed");
    names.put(Outcome.MetricFailed.class, "metric failed");
    names.put(Outcome.LmUnavailable.class, "model unavailable");
    return names.entrySet().stream()
        .filter(entry -> counter.applyAsLong(entry.getKey()) > 0)
        .map(entry -> counter.applyAsLong(entry.getKey()) + " " + entry.getValue())
        .toList();
  }

  private static <I, O> String error(
      Evaluation<I, O> evaluation, String name, Evaluation.ErrorGroup<I, O> group) {
    String words = problem(group.first().outcome());
    String first =
        "example %d: %s".formatted(evaluation.results().indexOf(group.first()) + 1, cut(words));
    return group.count() == 1
        ? first
        : "%d times %s, the first in %s".formatted(group.count(), name, first);
  }

  /** What failed and how, in a sentence without its capital; empty for what was scored. */
  static String problem(Outcome<?> outcome) {
    if (outcome instanceof Outcome.ProgramFailed<?> failed) {
      return "the program failed: " + failed.problem();
    } else if (outcome instanceof Outcome.MetricFailed<?> failed) {
      return "the metric failed: " + failed.problem();
    }
    return outcome instanceof Outcome.LmUnavailable<?> unavailable
        ? "%s gave no reply: %s"
            .formatted(
                unavailable.output().isPresent() ? "the metric's model" : "the model",
                unavailable.error().getMessage())
        : "";
  }

  private static String cut(String text) {
    return Excerpt.beginning(Excerpt.oneLine(text), SHOWN_CHARACTERS);
  }

  /** Three decimals, or the power of ten where there would be more digits than anyone reads. */
  static String number(double value) {
    return String.format(Locale.ROOT, Math.abs(value) < MOST_PLAIN ? "%.3f" : "%.1e", value);
  }
}
