package dev.hone.program;

import dev.hone.InvalidInputException;
import dev.hone.context.Context;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs one program under any state. Finds the program's predictors once; thread-safe.
 *
 * @param <I> what the program takes
 * @param <O> what it returns
 */
public final class ProgramRunner<I, O> {
  private final Program<I, O> program;
  private final Predictors predictors;

  /** Finds the predictors of a program. */
  public ProgramRunner(Program<I, O> program) {
    this.program = program;
    this.predictors = Predictors.of(program);
  }

  /** The program. */
  public Program<I, O> program() {
    return program;
  }

  /** The program's predictors. */
  public Predictors predictors() {
    return predictors;
  }

  /**
   * Runs the program under a state, in the current context.
   *
   * @throws InvalidInputException if the input is null
   */
  public O run(ProgramState state, I input) {
    return within(Frame.of(predictors, state), input);
  }

  /** Runs the program under a state, and keeps what each predictor did, even if the run fails. */
  public Execution<O> trace(ProgramState state, I input) {
    Frame frame = Frame.of(predictors, state);
    O output = null;
    RuntimeException failure = null;
    try {
      output = within(frame, input);
    } catch (RuntimeException e) {
      failure = e;
    } catch (AssertionError | StackOverflowError e) {
      failure = new IllegalStateException("The program threw " + e, e);
    }
    return new Execution<>(output, failure, List.copyOf(frame.steps()));
  }

  private O within(Frame frame, I input) {
    if (input == null && !(program instanceof Predict || program instanceof ChainOfThought)) {
      throw InvalidInputException.of(
          "The input of the program %s is null".formatted(name()),
          "pass what its method run takes");
    }
    return Context.current().with(Frame.KEY, frame).call(() -> program.run(input));
  }

  /** What the program's class is called; for one that has no name, what it was declared in. */
  String name() {
    Class<?> type = program.getClass();
    String full = type.getName().replaceFirst("\\$\\$Lambda.*", "\\$lambda");
    String name = full.substring(full.lastIndexOf('.') + 1);
    return type.isAnonymousClass() || type.isHidden() ? name : type.getSimpleName();
  }

  /** One line, such as {@code ProgramRunner[Hop, predictors query, answer]}. */
  @Override
  public String toString() {
    return "ProgramRunner[" + name() + ", predictors " + predictors.joined() + "]";
  }

  /**
   * One run of a program.
   *
   * @param output what it returned; null if it failed
   * @param failure why it failed; null if it returned
   * @param steps the calls of its predictors, in the order in which they ended
   * @param <O> what the program returns
   */
  public record Execution<O>(
      @Nullable O output, @Nullable RuntimeException failure, List<Step> steps) {}
}
