package dev.hone.optimize.run;

import dev.hone.metric.Constraint;
import dev.hone.metric.CorpusMetric;
import dev.hone.stats.ObservationTally;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * Which of the candidates that were evaluated on all examples is returned, where the best score
 * alone does not decide: under constraints the best of those that the examples show to meet them
 * all, and with a tolerance the one of the shortest prompts among those that lose at most that
 * against it. Where nothing meets the constraints, the first candidate, and the notes say so.
 * Immutable.
 *
 * @param <T> what is chosen
 */
public final class FinalChoice<T> {
  private final Finalist<T> chosen;
  private final List<Constraint.Check> checks;
  private final List<String> notes;

  private FinalChoice(Finalist<T> chosen, List<Constraint.Check> checks, List<String> notes) {
    this.chosen = chosen;
    this.checks = List.copyOf(checks);
    this.notes = List.copyOf(notes);
  }

  /**
   * A candidate that was evaluated on all examples.
   *
   * @param candidate what may be chosen
   * @param name what notes call it
   * @param score its score, as the metric gives it
   * @param observations what counts of its examples; empty under a metric without constraints
   * @param promptTokens the prompt tokens of a run of the program, in the mean; empty if the model
   *     did not report them
   * @param <T> what is chosen
   */
  public record Finalist<T>(
      T candidate,
      String name,
      double score,
      ObservationTally observations,
      OptionalDouble promptTokens) {}

  /**
   * Chooses.
   *
   * @param bestFirst at least one; the first is returned where nothing else is called for
   * @param metric whose constraints count; empty for none
   * @param candidates the number of candidates that were evaluated at all, on whatever examples:
   *     each is one more opportunity to meet a constraint by luck
   * @param tolerance the loss of score that fewer prompt tokens are worth; empty for none
   */
  public static <T> FinalChoice<T> of(
      List<Finalist<T>> bestFirst,
      Optional<? extends CorpusMetric<?, ?>> metric,
      int candidates,
      OptionalDouble tolerance) {
    boolean constrained = metric.filter(m -> !m.constraints().isEmpty()).isPresent();
    FinalChoice<T> choice =
        constrained
            ? underConstraints(bestFirst, metric.orElseThrow(), candidates)
            : new FinalChoice<>(bestFirst.get(0), List.of(), List.of());
    if (tolerance.isEmpty() || !choice.constraintsMet()) {
      return choice;
    }
    List<Finalist<T>> allowed =
        bestFirst.stream()
            .filter(
                each ->
                    !constrained
                        || allMet(metric.orElseThrow().check(each.observations(), candidates)))
            .toList();
    FinalChoice<T> cheapest = choice.cheapest(allowed, tolerance.getAsDouble());
    return constrained && !cheapest.chosen().equals(choice.chosen())
        ? new FinalChoice<>(
            cheapest.chosen,
            metric.orElseThrow().check(cheapest.chosen.observations(), candidates),
            cheapest.notes)
        : cheapest;
  }

  private static boolean allMet(List<Constraint.Check> checks) {
    return checks.stream().allMatch(Constraint.Check::met);
  }

  private static <T> FinalChoice<T> underConstraints(
      List<Finalist<T>> bestFirst, CorpusMetric<?, ?> metric, int candidates) {
    List<List<Constraint.Check>> checks =
        bestFirst.stream().map(each -> metric.check(each.observations(), candidates)).toList();
    for (int i = 0; i < bestFirst.size(); i++) {
      if (allMet(checks.get(i))) {
        return new FinalChoice<>(
            bestFirst.get(i), checks.get(i), List.of(met(bestFirst, checks, i, candidates)));
      }
    }
    return new FinalChoice<>(
        bestFirst.get(0), checks.get(0), List.of(nothing(bestFirst, checks, metric, candidates)));
  }

  private static <T> String met(
      List<Finalist<T>> all, List<List<Constraint.Check>> checks, int chosen, int candidates) {
    String text =
        "What is returned meets the constraints, tested as one of %d candidates: %s."
            .formatted(candidates, words(checks.get(chosen)));
    return chosen == 0
        ? text
        : text
            + String.format(
                Locale.ROOT,
                " Before it came %s with %.3f, which was not shown to meet them: %s.",
                all.get(0).name(),
                all.get(0).score(),
                words(checks.get(0)));
  }

  private static <T> String nothing(
      List<Finalist<T>> all,
      List<List<Constraint.Check>> checks,
      CorpusMetric<?, ?> metric,
      int candidates) {
    int closest = 0;
    for (int i = 1; i < all.size(); i++) {
      closest = room(checks.get(i)) > room(checks.get(closest)) ? i : closest;
    }
    String text =
        "Nothing that was evaluated on all examples is shown to meet the constraints (%s), tested as one of %d candidates. Returned is %s: %s."
            .formatted(
                metric.constraints().stream()
                    .map(String::valueOf)
                    .collect(Collectors.joining(", ")),
                candidates,
                all.get(0).name(),
                words(checks.get(0)));
    return closest == 0
        ? text + " It is also the closest."
        : text
            + " The closest is %s: %s."
                .formatted(all.get(closest).name(), words(checks.get(closest)));
  }

  /** How far the constraint that lacks most is from being met; negative where it lacks. */
  private static double room(List<Constraint.Check> checks) {
    return checks.stream()
        .mapToDouble(check -> check.lowerBound() - check.limit())
        .min()
        .orElseThrow();
  }

  private static String words(List<Constraint.Check> checks) {
    return checks.stream().map(Constraint.Check::toString).collect(Collectors.joining("; "));
  }

  private FinalChoice<T> cheapest(List<Finalist<T>> allowed, double tolerance) {
    List<String> all = new ArrayList<>(notes);
    List<Finalist<T>> near =
        allowed.stream().filter(each -> each.score() >= chosen.score() - tolerance).toList();
    if (near.stream().anyMatch(each -> each.promptTokens().isEmpty())) {
      all.add("cheapestWithin has no effect, since the model reported no prompt tokens.");
      return new FinalChoice<>(chosen, checks, all);
    }
    Finalist<T> cheapest =
        near.stream()
            .min(
                Comparator.comparingDouble((Finalist<T> each) -> each.promptTokens().getAsDouble())
                    .thenComparing(each -> !each.candidate().equals(chosen())))
            .orElse(chosen);
    all.add(
        cheapest.candidate().equals(chosen())
            ? String.format(
                Locale.ROOT,
                "No other of %d candidates with at most %s less than %.3f has fewer prompt tokens per run than the %.0f of what is returned.",
                near.size(),
                tolerance,
                chosen.score(),
                chosen.promptTokens().orElse(Double.NaN))
            : String.format(
                Locale.ROOT,
                "%s is returned with %.3f and %.0f prompt tokens per run, the fewest within %s of %s, which has %.3f and %.0f.",
                cheapest.name(),
                cheapest.score(),
                cheapest.promptTokens().orElse(Double.NaN),
                tolerance,
                chosen.name(),
                chosen.score(),
                chosen.promptTokens().orElse(Double.NaN)));
    return new FinalChoice<>(cheapest, checks, all);
  }

  /** What is returned. */
  public T chosen() {
    return chosen.candidate();
  }

  /** What the examples show of each constraint for what is returned; empty without constraints. */
  public List<Constraint.Check> checks() {
    return checks;
  }

  /** Whether all constraints are shown to be met; true without constraints. */
  public boolean constraintsMet() {
    return allMet(checks);
  }

  /** What a user should know of the choice, in sentences. */
  public List<String> notes() {
    return notes;
  }
}
