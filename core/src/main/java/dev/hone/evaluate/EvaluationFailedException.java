package dev.hone.evaluate;

import dev.hone.HoneException;
import dev.hone.adapter.ReplyFormatException;
import dev.hone.lm.LmException;
import dev.hone.program.UnparsableReplyException;
import dev.hone.row.RowFailure;
import dev.hone.text.CommonText;
import dev.hone.text.Plural;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An evaluation that ended without a score, since it could not work: the metric failed on every
 * example, the model failed or could not be reached for all, no reply could be read, or more
 * examples failed than allowed. Its cause is the fault of the first example; what was found by then
 * is in {@link #results}.
 */
public final class EvaluationFailedException extends HoneException {
  private static final long serialVersionUID = 1L;

  private static final int QUOTED_CHARACTERS = 300;

  private final transient List<ExampleResult<?, ?>> results;

  private EvaluationFailedException(
      String message, @Nullable Throwable cause, List<? extends ExampleResult<?, ?>> results) {
    super(message, cause);
    this.results = List.copyOf(results);
  }

  /**
   * What an evaluation had found when something else ended it: a spent budget, a refused
   * credential, an interrupt.
   *
   * @param end what the evaluation threw
   * @return the exception itself if it is one of these, or the one that it carries among those
   *     {@linkplain Throwable#getSuppressed suppressed}; empty if nothing was found by then
   */
  public static Optional<EvaluationFailedException> in(Throwable end) {
    return Stream.concat(Stream.of(end), Stream.of(end.getSuppressed()))
        .filter(EvaluationFailedException.class::isInstance)
        .map(EvaluationFailedException.class::cast)
        .reduce((first, second) -> second);
  }

  /**
   * The results so far, in the order of the examples; examples without one are left out. {@link
   * Evaluation#of} makes an evaluation of them.
   */
  public List<ExampleResult<?, ?>> results() {
    return results;
  }

  /** The same with the results so far. */
  EvaluationFailedException with(List<? extends ExampleResult<?, ?>> soFar) {
    return new EvaluationFailedException(String.valueOf(getMessage()), getCause(), soFar);
  }

  /** What was found by something else that ended the evaluation. */
  static EvaluationFailedException unfinished(
      List<? extends ExampleResult<?, ?>> soFar, int examples) {
    return new EvaluationFailedException(
        "The evaluation ended early, with results of %d of %s"
            .formatted(soFar.size(), Plural.of(examples, "example")),
        null,
        soFar);
  }

  /** The error for results without a score. */
  static EvaluationFailedException of(List<? extends ExampleResult<?, ?>> results) {
    List<? extends Outcome<?>> outcomes = results.stream().map(ExampleResult::outcome).toList();
    if (outcomes.isEmpty()) {
      return new EvaluationFailedException("There are no results", null, results);
    }
    Outcome<?> first = outcomes.get(0);
    if (outcomes.stream().allMatch(Outcome.LmUnavailable.class::isInstance)) {
      return unavailable((Outcome.LmUnavailable<?>) first, outcomes).with(results);
    }
    if (outcomes.stream().allMatch(Outcome.MetricFailed.class::isInstance)) {
      int examples = results.size();
      return metricFailed(examples, examples, (Outcome.MetricFailed<?>) first).with(results);
    }
    return new EvaluationFailedException(
        "No example has a score: %s. The first: %s".formatted(counts(outcomes), problem(first)),
        first.failure().orElse(null),
        results);
  }

  private static EvaluationFailedException unavailable(
      Outcome.LmUnavailable<?> first, List<? extends Outcome<?>> outcomes) {
    LmException error = first.error();
    boolean bug =
        outcomes.stream()
            .map(outcome -> ((Outcome.LmUnavailable<?>) outcome).error())
            .allMatch(LmException.ProviderFailed.class::isInstance);
    int examples = outcomes.size();
    return new EvaluationFailedException(
        "The %s %s for %s: %s"
            .formatted(
                first.output().isPresent() ? "metric's model" : "model",
                bug ? "failed with a bug of its own" : "could not be reached",
                examples == 1
                    ? "the example"
                    : (bug ? "all" : "any") + " of " + examples + " examples",
                error.getMessage()),
        error,
        List.of());
  }

  /** The error for a metric that failed on each output of the first examples. */
  static EvaluationFailedException metricFailed(
      int outputs, int examples, Outcome.MetricFailed<?> failed) {
    return new EvaluationFailedException(
        "The metric failed on %s: %s".formatted(where(outputs, examples), failed.problem()),
        failed.error(),
        List.of());
  }

  private static String where(int outputs, int examples) {
    if (outputs < examples) {
      return "each output that the program gave: %d, on the first %d examples"
          .formatted(outputs, examples);
    }
    return examples == 1 ? "the only example" : "each of the first " + examples + " examples";
  }

  /** The error for more examples that failed than the settings allow. */
  static EvaluationFailedException tooManyErrors(int errors, int most, Outcome<?> first) {
    return new EvaluationFailedException(
        "%s failed, and maxErrors allows %d. The first: %s"
            .formatted(Plural.of(errors, "example"), most, problem(first)),
        first.failure().orElse(null),
        List.of());
  }

  /** The error for first examples none of which has an output: says what they have in common. */
  static EvaluationFailedException noOutput(List<? extends ExampleResult<?, ?>> first) {
    List<? extends Outcome<?>> outcomes = first.stream().map(ExampleResult::outcome).toList();
    if (outcomes.stream().allMatch(Outcome.LmUnavailable.class::isInstance)) {
      return of(first);
    }
    List<UnparsableReplyException> unreadable =
        first.stream().flatMap(result -> EvaluationNotes.unreadable(result).stream()).toList();
    if (unreadable.isEmpty()) {
      return new EvaluationFailedException(
          "None of the first %d examples has an output: %s. %s"
              .formatted(
                  first.size(),
                  counts(outcomes),
                  CommonText.of(
                      "problem",
                      outcomes.stream().map(EvaluationFailedException::problem).toList(),
                      QUOTED_CHARACTERS)),
          outcomes.get(0).failure().orElse(null),
          List.of());
    }
    return new EvaluationFailedException(
        "None of the first %d examples has a readable reply%s. %s%s"
            .formatted(
                first.size(),
                unreadable.size() == first.size() ? "" : ": " + counts(outcomes),
                inCommon(unreadable),
                advice(first)),
        unreadable.get(0),
        List.of());
  }

  private static String inCommon(List<UnparsableReplyException> unreadable) {
    List<String> replies = unreadable.stream().map(e -> e.attempts().get(0).reply()).toList();
    String reason =
        unreadable.get(0).getCause() instanceof ReplyFormatException format
            ? " What is wrong with the first: " + RowFailure.words(format)
            : "";
    return CommonText.of("reply", replies, QUOTED_CHARACTERS) + reason;
  }

  private static String advice(List<? extends ExampleResult<?, ?>> first) {
    long thoughts = first.stream().filter(result -> result.facts().onlyThoughts()).count();
    if (2 * thoughts > first.size()) {
      return " On %d examples only thoughts came back, and no answer. Maybe raise maxTokens, or let"
              .formatted(thoughts)
          + " the model think less.";
    }
    long cutOff = first.stream().filter(result -> result.facts().cutOff()).count();
    if (2 * cutOff > first.size()) {
      return " On %d examples a reply was cut off by the limit on tokens. Maybe raise maxTokens."
          .formatted(cutOff);
    }
    return " Maybe the model refuses the task or does not follow the layout: try one example with"
        + " Predict.run, the JSON adapter, or a stronger model.";
  }

  /** How many of which kind, such as {@code 3 program failed, 2 model unavailable}. */
  private static String counts(List<? extends Outcome<?>> outcomes) {
    return String.join(
        ", ", EvaluationText.counts(kind -> outcomes.stream().filter(kind::isInstance).count()));
  }

  private static String problem(Outcome<?> outcome) {
    return EvaluationText.problem(outcome);
  }
}
