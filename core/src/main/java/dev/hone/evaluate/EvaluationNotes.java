package dev.hone.evaluate;

import dev.hone.evaluate.CallFacts.PromptSize;
import dev.hone.program.Attempt;
import dev.hone.program.UnparsableReplyException;
import dev.hone.row.RowFailure;
import dev.hone.text.Plural;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What a reader of a score should know of the conditions under which it was measured. */
final class EvaluationNotes {
  /** Fewer examples may score alike by accident. */
  private static final int ENOUGH = 5;

  /** The share of examples from which on repairs are more than stray ones. */
  private static final double MANY = 0.2;

  private final Evaluation<?, ?> evaluation;
  private final List<? extends ExampleResult<?, ?>> results;
  private final List<String> notes = new ArrayList<>();

  private EvaluationNotes(Evaluation<?, ?> evaluation) {
    this.evaluation = evaluation;
    this.results = evaluation.results();
  }

  /** All notes, with those on the value of the set, if the metric is one of sets. */
  static List<String> of(Evaluation<?, ?> evaluation, List<String> ofSet) {
    EvaluationNotes notes = new EvaluationNotes(evaluation);
    notes.noOutput();
    notes.notes.addAll(ofSet);
    notes.calls();
    notes.sameScores();
    return List.copyOf(notes.notes);
  }

  static List<String> ofCalls(Evaluation<?, ?> evaluation) {
    EvaluationNotes notes = new EvaluationNotes(evaluation);
    notes.calls();
    return List.copyOf(notes.notes);
  }

  private void calls() {
    truncatedPrompts(Caller.PROGRAM);
    replies(Caller.PROGRAM);
    repairs();
    checks();
    truncatedPrompts(Caller.JUDGE);
    replies(Caller.JUDGE);
  }

  /** Whose calls a note is on. */
  private enum Caller {
    PROGRAM(""),
    JUDGE(" of the judge");

    private final String words;

    Caller(String words) {
      this.words = words;
    }

    CallFacts facts(ExampleResult<?, ?> result) {
      return this == PROGRAM ? result.facts() : result.judgeFacts();
    }

    /** A program may answer by a call of a tool beside thoughts; then nothing was repaired. */
    boolean onlyThoughts(ExampleResult<?, ?> result) {
      return facts(result).onlyThoughts() && (this == JUDGE || isRepaired(result));
    }
  }

  private void noOutput() {
    long failed = evaluation.count(Outcome.ProgramFailed.class);
    if (failed == results.size() && failed > 1) {
      notes.add(
          "The program gave no output on any of %d examples, so the score is the failure score alone."
              .formatted(failed));
    }
  }

  private void truncatedPrompts(Caller caller) {
    Map<String, PromptSize> sizes = new TreeMap<>();
    results.forEach(
        result ->
            caller
                .facts(result)
                .prompts()
                .forEach((id, size) -> sizes.merge(id, size, PromptSize::max)));
    sizes.forEach(
        (id, size) -> {
          if (size.exceeds(size.tokens())) {
            notes.add(truncated(caller, id, size));
          }
        });
  }

  private String truncated(Caller caller, String modelId, PromptSize size) {
    long concerned =
        count(
            r ->
                caller
                    .facts(r)
                    .prompts()
                    .getOrDefault(modelId, PromptSize.NONE)
                    .exceeds(size.tokens()));
    return String.format(
        Locale.ROOT,
        "The server of %s seems to have read only a part of the prompts%s on %s: it reports at most"
            + " %,d prompt tokens, though up to %,d characters were sent (%d a token). Maybe raise"
            + " the server's context window, or show fewer or shorter demos; if it counts only the"
            + " tokens that it had not cached, all is well.",
        modelId,
        caller.words,
        ofAll(concerned),
        size.tokens(),
        size.characters(),
        size.characters() / size.tokens());
  }

  private void replies(Caller caller) {
    long thoughts = count(caller::onlyThoughts);
    if (thoughts > 0) {
      notes.add(
          "On %s a reply%s held only thoughts, and no answer. Maybe raise maxTokens, or let the model think less."
              .formatted(ofAll(thoughts), caller.words));
    }
    long cutOff = count(result -> caller.facts(result).cutOff());
    if (cutOff > 0) {
      notes.add(
          "On %s a reply%s was cut off by the limit on tokens. Maybe raise maxTokens."
              .formatted(ofAll(cutOff), caller.words));
    }
  }

  private void repairs() {
    long repaired = count(EvaluationNotes::isRepaired);
    if (repaired > 1 && repaired >= MANY * results.size()) {
      notes.add(
          ("On %s a first reply could not be read; each repair costs one or two calls more. Maybe"
                  + " use the JSON adapter or a stronger model, or show demos.")
              .formatted(ofAll(repaired)));
    }
  }

  /** How often each check failed, and how often another try passed it. */
  private void checks() {
    Map<String, long[]> counts = new TreeMap<>();
    for (ExampleResult<?, ?> result : results) {
      Map<String, Boolean> failed = new TreeMap<>();
      result.checks().stream()
          .filter(check -> check.failures() > 0)
          .forEach(check -> failed.merge(check.check(), check.passed(), Boolean::logicalAnd));
      failed.forEach(
          (check, repaired) -> {
            long[] count = counts.computeIfAbsent(check, name -> new long[2]);
            count[0]++;
            count[1] += repaired ? 1 : 0;
          });
    }
    counts.forEach(
        (check, count) ->
            notes.add(
                "The check \"%s\" failed on %s; another try passed it on %d of them."
                    .formatted(check, ofAll(count[0]), count[1])));
  }

  private void sameScores() {
    double[] scores =
        evaluation.scores().stream()
            .filter(OptionalDouble::isPresent)
            .mapToDouble(OptionalDouble::getAsDouble)
            .toArray();
    long scored = evaluation.count(Outcome.Scored.class);
    if (scored >= ENOUGH && isSame(scores)) {
      String advice =
          scores[0] == 0
              ? "check the metric with an output that is right, and compare output and label in the table"
              : "check the metric with an output that is wrong, or take harder examples";
      notes.add(
          "All %d examples that have a score have the same one, %s, so there is nothing to tell apart. Maybe %s."
              .formatted(scores.length, EvaluationText.number(scores[0]), advice));
    }
  }

  private static boolean isSame(double[] scores) {
    for (double score : scores) {
      if (score != scores[0]) {
        return false;
      }
    }
    return true;
  }

  /** Whether some reply could not be read, whatever became of the example. */
  private static boolean isRepaired(ExampleResult<?, ?> result) {
    Stream<Attempt> read = result.steps().stream().flatMap(step -> step.attempts().stream());
    Stream<Attempt> unread =
        unreadable(result).stream().flatMap(error -> error.attempts().stream());
    return Stream.concat(read, unread).anyMatch(attempt -> attempt.problem() != null);
  }

  /** What the program threw, where that is that no reply could be read. */
  static Optional<UnparsableReplyException> unreadable(ExampleResult<?, ?> result) {
    return result.outcome() instanceof Outcome.ProgramFailed<?> failed
            && RowFailure.decisive(failed.error()) instanceof UnparsableReplyException error
        ? Optional.of(error)
        : Optional.empty();
  }

  private long count(Predicate<ExampleResult<?, ?>> which) {
    return results.stream().filter(which).count();
  }

  private String ofAll(long count) {
    return count + " of " + Plural.of(results.size(), "example");
  }
}
