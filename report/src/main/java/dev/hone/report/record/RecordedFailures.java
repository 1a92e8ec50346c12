package dev.hone.report.record;

import dev.hone.context.Spend;
import dev.hone.evaluate.ExampleResult;
import dev.hone.evaluate.Outcome;
import dev.hone.report.data.FailureEntry;
import dev.hone.row.RowFailure;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts what failed, by its kind and the class of the exception. Not thread-safe. */
final class RecordedFailures {
  /** Kinds of exceptions that are told apart; more are counted together. */
  private static final int MOST = 200;

  private final Map<List<String>, FailureEntry> byKind = new LinkedHashMap<>();

  /** Counts an example that failed. */
  void take(ExampleResult<?, ?> result) {
    result.error().ifPresent(error -> add(kind(result), error));
  }

  private static String kind(ExampleResult<?, ?> result) {
    if (result.outcome() instanceof Outcome.ProgramFailed<?>) {
      return "program";
    }
    boolean judged = result.output().isPresent() && !result.judgeSpend().equals(Spend.NONE);
    if (judged) {
      return "judge";
    }
    return result.outcome() instanceof Outcome.LmUnavailable<?> ? "model" : "metric";
  }

  /** Counts something that failed. */
  void add(String kind, Throwable error) {
    String name = error.getClass().getSimpleName();
    List<String> key =
        byKind.size() < MOST ? List.of(kind, name) : List.of(kind, "any other exception");
    byKind.merge(
        key,
        new FailureEntry(kind, key.get(1), 1, RowFailure.words(error)),
        (old, one) -> new FailureEntry(kind, old.error(), old.count() + 1, old.example()));
  }

  List<FailureEntry> all() {
    return byKind.values().stream()
        .sorted(Comparator.comparingInt(FailureEntry::count).reversed())
        .toList();
  }
}
