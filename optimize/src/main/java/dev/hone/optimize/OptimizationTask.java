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
  private final @Nullable Dataset<I, O> testset;
  private final boolean overlapAllowed;

  private OptimizationTask(
      Program<I, O> student,
      Dataset<I, O> trainset,
      Metric<I, O> metric,
      @Nullable Dataset<I, O> valset,
      Teacher<I, O> teacher,
      @Nullable Dataset<I, O> testset,
      boolean overlapAllowed) {
    this.student = given("student", student);
    this.trainset = given("trainset", trainset);
    this.metric = given("metric", metric);
    this.valset = valset;
    this.teacher = given("teacher", teacher);
    this.testset = testset;
    this.overlapAllowed = overlapAllowed;
    requireLabels(metric, trainset);
    if (valset != null) {
      requireLabels(metric, valset);
    }
    if (testset != null) {
      requireLabels(metric, testset);
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
    return new OptimizationTask<>(student, trainset, metric, null, Teacher.student(), null, false);
  }

  /** A copy with other examples to learn from. */
  public OptimizationTask<I, O> withTrainset(Dataset<I, O> value) {
    return new OptimizationTask<>(student, value, metric, valset, teacher, testset, overlapAllowed);
  }

  /** A copy with examples to choose by, which must share none with the trainset. */
  public OptimizationTask<I, O> withValset(Dataset<I, O> value) {
    return new OptimizationTask<>(
        student, trainset, metric, value, teacher, testset, overlapAllowed);
  }

  /** A copy with another teacher. */
  public OptimizationTask<I, O> withTeacher(Teacher<I, O> value) {
    return new OptimizationTask<>(
        student, trainset, metric, valset, value, testset, overlapAllowed);
  }

  /**
   * A copy with examples to confirm by, of which nothing is learnt and nothing chosen: at its end a
   * run evaluates the program as given and what it found on them, and its verdict is by these
   * scores alone. {@code GainPower} says how many it takes. Default: none. Cost: two program runs
   * per example, one where the program as given is returned.
   */
  public OptimizationTask<I, O> withTestset(Dataset<I, O> value) {
    return new OptimizationTask<>(
        student, trainset, metric, valset, teacher, given("testset", value), overlapAllowed);
  }

  /**
   * A copy in which valset and testset may have inputs of the trainset, and the testset some of the
   * valset. Default: refused, since a program may have been shown the answers that it is measured
   * by.
   */
  public OptimizationTask<I, O> allowOverlap() {
    return new OptimizationTask<>(student, trainset, metric, valset, teacher, testset, true);
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

  /** Examples to confirm by; empty for none. */
  public Optional<Dataset<I, O>> testset() {
    return Optional.ofNullable(testset);
  }

  /** Whether the parts may have inputs in common. */
  public boolean overlapAllowed() {
    return overlapAllowed;
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
    if (testset != null && !overlapAllowed) {
      testset.requireDisjoint(trainset);
      if (valset != null) {
        testset.requireDisjoint(valset);
      }
    }
  }
}
