package dev.hone.optimize;

import dev.hone.InvalidInputException;
import dev.hone.data.Dataset;
import dev.hone.metric.Metric;
import dev.hone.program.FrozenProgram;
import dev.hone.program.Predictors;
import dev.hone.program.Program;
import org.jspecify.annotations.Nullable;

/**
 * What an optimizer is given. Immutable.
 *
 * @param student the program to improve; never changed
 * @param trainset examples to learn from
 * @param metric what is to be improved
 * @param valset examples to choose by; null to take a share of the trainset. Must not share
 *     examples with the trainset
 * @param teacher whose runs become demos; default: the student
 * @param <I> what the program takes
 * @param <O> what it returns
 */
public record OptimizationTask<I, O>(
    Program<I, O> student,
    Dataset<I, O> trainset,
    Metric<I, O> metric,
    @Nullable Dataset<I, O> valset,
    Teacher<I, O> teacher) {
  /** Checks that what every optimizer needs is there. */
  public OptimizationTask {
    requireArgument(student, "student");
    requireArgument(trainset, "trainset");
    requireArgument(metric, "metric");
    requireArgument(teacher, "teacher");
  }

  /**
   * Checks an argument of an optimizer.
   *
   * @throws InvalidInputException if it is null
   */
  public static void requireArgument(@Nullable Object value, String name) {
    if (value == null) {
      throw InvalidInputException.of(
          "The %s is null".formatted(name), "pass the %s to optimize with".formatted(name));
    }
  }

  /**
   * Checks a setting of an optimizer.
   *
   * @throws InvalidInputException if it is null
   */
  public static void requireSetting(@Nullable Object value, String name) {
    if (value == null) {
      throw InvalidInputException.of(name + " is null", "leave it out for the default");
    }
  }

  /** A task with no valset of its own, the student as its teacher. */
  public static <I, O> OptimizationTask<I, O> of(
      Program<I, O> student, Dataset<I, O> trainset, Metric<I, O> metric) {
    return new OptimizationTask<>(student, trainset, metric, null, Teacher.student());
  }

  /**
   * The predictors of a program that is to be optimized.
   *
   * @throws InvalidInputException if there are none
   */
  public static Predictors requirePredictors(Program<?, ?> student) {
    Predictors predictors = Predictors.of(student);
    if (predictors.byName().isEmpty()) {
      throw InvalidInputException.of(
          "The program has no predictors that can be optimized",
          student instanceof FrozenProgram
              ? "pass the program that it was compiled from, or compiled.asStudent() to go on from it"
              : "hold its Predict objects in fields, rather than making them inside run()");
    }
    return predictors;
  }

  /** A copy with examples to choose by. */
  public OptimizationTask<I, O> withValset(Dataset<I, O> value) {
    return new OptimizationTask<>(student, trainset, metric, value, teacher);
  }

  /** A copy with another teacher. */
  public OptimizationTask<I, O> withTeacher(Teacher<I, O> value) {
    return new OptimizationTask<>(student, trainset, metric, valset, value);
  }
}
