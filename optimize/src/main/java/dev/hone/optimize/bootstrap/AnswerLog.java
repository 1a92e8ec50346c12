package dev.hone.optimize.bootstrap;

import dev.hone.evaluate.ExampleResult;
import dev.hone.evaluate.Outcome;
import dev.hone.program.ProgramRun;
import dev.hone.signature.Codec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps what was answered to each example the first time; a retry at another temperature does not
 * undo an error. Not thread-safe.
 */
final class AnswerLog {
  private final Map<String, ScoredAnswer> wrong = new LinkedHashMap<>();
  private final Map<String, ScoredAnswer> right = new LinkedHashMap<>();

  /** Takes a result that passed, or did not, and says which; one without a score is left out. */
  <O> boolean take(ExampleResult<?, O> result, boolean passed) {
    String id = result.example().id();
    if (wrong.containsKey(id) || !(result.outcome() instanceof Outcome.Scored<O> scored)) {
      return passed;
    }
    Codec.toCompleteJson(scored.output(), "answer to an example")
        .map(
            answer ->
                new ScoredAnswer(
                    result.example(),
                    answer,
                    scored.score().value(),
                    passed ? "" : feedback(result, scored),
                    result.ownSteps()))
        .ifPresent(answer -> (passed ? right : wrong).put(id, answer));
    return passed;
  }

  private static String feedback(ExampleResult<?, ?> result, Outcome.Scored<?> scored) {
    String said = scored.score().feedback().strip();
    return said.isEmpty()
        ? result.checks().stream()
            .filter(check -> !check.passed())
            .findFirst()
            .map(ProgramRun.CheckResult::check)
            .map("The output fails the check \"%s\""::formatted)
            .orElse("")
        : said;
  }

  /** What was taken. */
  ErrorContrast contrast() {
    return new ErrorContrast(List.copyOf(wrong.values()), List.copyOf(right.values()));
  }
}
