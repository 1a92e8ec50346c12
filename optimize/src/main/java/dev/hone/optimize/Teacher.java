package dev.hone.optimize;

import dev.hone.InvalidInputException;
import dev.hone.compiled.Compiled;
import dev.hone.context.Context;
import dev.hone.lm.LanguageModel;
import dev.hone.program.Predictors;
import dev.hone.program.Program;
import dev.hone.program.ProgramState;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whose successful runs become demos: a program with the same predictors as the student, under a
 * state and a model of its own if wanted. Immutable.
 *
 * @param <I> what the program takes
 * @param <O> what it returns
 */
public final class Teacher<I, O> {
  private final @Nullable Program<I, O> program;
  private final @Nullable ProgramState state;
  private final @Nullable LanguageModel model;

  private Teacher(
      @Nullable Program<I, O> program,
      @Nullable ProgramState state,
      @Nullable LanguageModel model) {
    this.program = program;
    this.state = state;
    this.model = model;
  }

  /** The student itself, on its own model. */
  public static <I, O> Teacher<I, O> student() {
    return new Teacher<>(null, null, null);
  }

  /** The student itself, on another model. */
  public static <I, O> Teacher<I, O> on(LanguageModel model) {
    return new Teacher<>(null, null, model);
  }

  /**
   * Another program with the same predictors; what an optimizer returned runs under what it learnt.
   */
  public static <I, O> Teacher<I, O> of(Program<I, O> program) {
    if (program instanceof Optimized<I, O, ?> optimized) {
      return of(optimized.compiled());
    }
    return program instanceof Compiled<I, O> compiled
        ? new Teacher<>(compiled.program(), compiled.state(), null)
        : new Teacher<>(program, null, null);
  }

  /** A copy that runs on another model. */
  public Teacher<I, O> withModel(LanguageModel value) {
    return new Teacher<>(program, state, value);
  }

  /** The state it runs under; empty for the one that its program was made with. */
  public Optional<ProgramState> state() {
    return Optional.ofNullable(state);
  }

  /** Whether it is the student itself, on its own model. */
  public boolean isStudent() {
    return program == null && model == null;
  }

  /** The id of the model that the teacher runs on, where the student runs in a context. */
  public String modelId(Context student) {
    return model == null ? student.lm().id() : model.id();
  }

  /**
   * The context that the teacher runs in: the current one, with the teacher's model if it has one.
   */
  public Context context() {
    Context current = Context.current();
    return model == null ? current : current.toBuilder().lm(model).build();
  }

  /**
   * The program that runs.
   *
   * @throws InvalidInputException if it lacks a predictor of the student, or one with its signature
   */
  public Program<I, O> programFor(Program<I, O> student) {
    if (program == null) {
      return student;
    }
    Predictors ours = Predictors.of(student);
    Predictors theirs = Predictors.of(program);
    ours.byName()
        .forEach(
            (name, predict) -> {
              var other = theirs.byName().get(name);
              if (other == null
                  || !other.signature().fingerprint().equals(predict.signature().fingerprint())) {
                throw InvalidInputException.of(
                    "The teacher has no predictor \"%s\" with the signature %s, only %s"
                        .formatted(name, predict.signature(), theirs.byName().keySet()),
                    "use the student's class as the teacher, on another model");
              }
            });
    return program;
  }
}
