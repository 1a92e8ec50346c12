package dev.hone.benchmarks.sidebyside;

import dev.hone.InvalidInputException;
import dev.hone.benchmarks.sidebyside.TaskRecords.Message;
import dev.hone.benchmarks.sidebyside.TaskRecords.Question;
import dev.hone.benchmarks.sidebyside.TaskRecords.Request;
import dev.hone.benchmarks.sidebyside.TaskRecords.Snippet;
import dev.hone.benchmarks.sidebyside.TaskRecords.Subject;
import dev.hone.benchmarks.sidebyside.TaskRecords.Verdict;
import dev.hone.metric.Metric;
import dev.hone.program.Predict;

/**
 * One of the three tasks: the same instruction, fields and metric as in {@code tasks.py}.
 *
 * @param name its name in files
 * @param program the program as given
 * @param metric what is to be improved
 * @param <I> what the program takes
 * @param <O> what it returns
 */
record SideBySideTask<I, O>(String name, Predict<I, O> program, Metric<I, O> metric) {
  /**
   * The task of a name.
   *
   * @throws InvalidInputException if there is none
   */
  static SideBySideTask<?, ?> named(String name) {
    return switch (name) {
      case "support" -> support(name);
      case "moderation" -> moderation(name);
      case "travel" -> travel(name);
      default ->
          throw InvalidInputException.of(
              "There is no task \"%s\", expected support, moderation or travel".formatted(name),
              "check the names after --tasks");
    };
  }

  private static SideBySideTask<Message, Request> support(String name) {
    return new SideBySideTask<>(
        name,
        Predict.of(Message.class, Request.class, "Find out what the customer wants."),
        Metric.exact(Request::intent));
  }

  private static SideBySideTask<Snippet, Verdict> moderation(String name) {
    return new SideBySideTask<>(
        name,
        Predict.of(Snippet.class, Verdict.class, "Classify the snippet for moderation."),
        Metric.mean(Metric.exact(Verdict::severity), Metric.jaccard(Verdict::violations)));
  }

  private static SideBySideTask<Question, Subject> travel(String name) {
    return new SideBySideTask<>(
        name,
        Predict.of(Question.class, Subject.class, "Find out what the traveller asks about."),
        Metric.exact(Subject::topic));
  }
}
