package dev.hone.optimize;

import dev.hone.InvalidInputException;
import dev.hone.data.Dataset;
import dev.hone.metric.Metric;
import dev.hone.program.FrozenProgram;
import dev.hone.program.Predictors;
import dev.hone.program.Program;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an optimizer is given: a program, examples, a metric. Immutable.
 *
 * @param <I> what the program takes
 * @param <O> what it returns
 */
public final class OptimizationTask<I, O> {
  private final Program<I, O> student;
  private final Dataset<I, O> trainset;
  private final Metric<I, O> metric;
  private final @Nullable Dataset<I, O> valset;
  private final Teacher<I, O> teacher;

  private OptimizationTask(
      Program<I, O> student,
      Dataset<I, O> trainset,
      Metric<I, O> metric,
      @Nullable Dataset<I, O> valset,
      Teacher<I, O> teacher) {
    this.student = given("student", student);
    this.trainset = given("trainset", trainset);
    this.metric = given("metric", metric);
    this.valset = valset;
    this.teacher = given("teacher", teacher);
    requireLabels(metric, trainset);
    if (valset != null) {
      requireLabels(metric, valset);
    }
  }

  private static <I, O> void requireLabels(Metric<I, O> metric, Dataset<I, O> examples) {
    if (metric.needsLabel()) {
      examples.requireLabels("The metric \"" + metric.name() + "\"");
    }
  }

  private static <T> T given(String name, @Nullable T value) {
    if (value == null) {
      throw InvalidInputException.of(
          "The %s is null".formatted(name), "pass the %s to optimize with".formatted(name));
    }
    return value;
  }

  /**
   * A task with no valset of its own, the student as its teacher.
   *
   * @throws InvalidInputException if an argument is null
   */
  public static <I, O> OptimizationTask<I, O> of(
      Program<I, O> student, Dataset<I, O> trainset, Metric<I, O> metric) {
    return new OptimizationTask<>(student, trainset, metric, null, Teacher.student());
  }

  /** A copy with other examples to learn from. */
  public OptimizationTask<I, O> withTrainset(Dataset<I, O> value) {
    return new OptimizationTask<>(student, value, metric, valset, teacher);
  }

  /** A copy with examples to choose by, which must share none with the trainset. */
  public OptimizationTask<I, O> withValset(Dataset<I, O> value) {
    return new OptimizationTask<>(student, trainset, metric, value, teacher);
  }

  /** A copy with another teacher. */
  public OptimizationTask<I, O> withTeacher(Teacher<I, O> value) {
    return new OptimizationTask<>(student, trainset, metric, valset, value);
  }

  /** The program to improve; never changed. */
  public Program<I, O> student() {
    return student;
  }

  /** Examples to learn from. */
  public Dataset<I, O> trainset() {
    return trainset;
  }

  /** What is to be improved. */
  public Metric<I, O> metric() {
    return metric;
  }

  /** Examples to choose by; empty to take a share of the trainset. */
  public Optional<Dataset<I, O>> valset() {
    return Optional.ofNullable(valset);
  }

  /** Whose runs become demos; default: the student. */
  public Teacher<I, O> teacher() {
    return teacher;
  }

  /**
   * The predictors of the student.
   *
   * @throws InvalidInputException if there are none to optimize
   */
  public Predictors predictors() {
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

  /**
   * Checks that there are examples to learn from. Every optimizer calls it before the first call of
   * a model; what else all of them need of their examples is checked here, too.
   *
   * @throws InvalidInputException if there are none
   */
  public void requireExamples() {
    if (trainset.size() == 0) {
      throw InvalidInputException.of("The trainset is empty", "check the file it comes from");
    }
  }
}
