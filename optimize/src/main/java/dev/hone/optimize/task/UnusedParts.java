package dev.hone.optimize.task;

import dev.hone.optimize.OptimizationTask;
import dev.hone.text.Plural;
import java.util.List;

/** Parts of a task and settings that have no effect: it is noted, so that no user relies on it. */
public final class UnusedParts {
  private UnusedParts() {}

  /** The note on the valset of a task for an optimizer that does not choose by one. */
  public static List<String> valset(OptimizationTask<?, ?> task, String why) {
    return task.valset().stream()
        .map(
            valset ->
                "The valset (%s) has no effect, since %s."
                    .formatted(Plural.of(valset.size(), "example"), why))
        .toList();
  }

  /** The note on the testset of a task for an optimizer that confirms nothing. */
  public static List<String> testset(OptimizationTask<?, ?> task, String why) {
    return task.testset().stream()
        .map(
            testset ->
                "The testset (%s) has no effect, since %s."
                    .formatted(Plural.of(testset.size(), "example"), why))
        .toList();
  }

  /** The note on the teacher of a task for an optimizer that runs none. */
  public static List<String> teacher(OptimizationTask<?, ?> task, String why) {
    return task.teacher().isStudent()
        ? List.of()
        : List.of("The teacher has no effect, since %s.".formatted(why));
  }

  /** A note per setting that has no effect. */
  public static List<String> settings(List<String> names, String why) {
    return names.stream().map(name -> "%s has no effect, since %s.".formatted(name, why)).toList();
  }

  /** Several lists of notes as one. */
  public static List<String> all(List<List<String>> notes) {
    return notes.stream().flatMap(List::stream).toList();
  }
}
