package dev.hone.cli.demo;

import dev.hone.InvalidInputException;
import dev.hone.examples.BuiltInTask;
import dev.hone.examples.ModerationTask;
import dev.hone.examples.SupportTask;
import dev.hone.text.NearestName;

/** Finds the task that {@code --task} names. */
final class TaskName {
  private TaskName() {}

  /**
   * The task of a name.
   *
   * @throws InvalidInputException if there is none
   */
  static BuiltInTask<?, ?> find(String name) {
    return switch (name) {
      case SupportTask.NAME -> SupportTask.typed();
      case ModerationTask.NAME -> ModerationTask.typed();
      default ->
          throw InvalidInputException.of(
              "--task (%s) is not one of %s".formatted(name, String.join(", ", BuiltInTask.NAMES)),
              "use " + NearestName.of(name, BuiltInTask.NAMES).orElse(BuiltInTask.NAMES.get(0)));
    };
  }
}
