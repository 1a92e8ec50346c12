package dev.hone.program;

import dev.hone.InvalidInputException;
import dev.hone.context.Context;
import dev.hone.lm.LmException;
import dev.hone.lm.LmRequest;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs one program under any state. Finds the program's predictors once; thread-safe.
 *
 * @param <I> what the program takes
 * @param <O> what it returns
 */
public final class ProgramRunner<I, O> {
  private final Program<I, O> given;
  private final Program<I, O> program;
  private final Predictors predictors;

  /** Finds the predictors of a program. */
  public ProgramRunner(Program<I, O> program) {
    this.given = program;
    this.program = program instanceof StudentProgram<I, O> s ? s.program() : program;
    this.predictors = Predictors.of(program);
  }

  /**
   * The program as one whose predictors start from a state; on its own it runs under that state.
   *
   * @param initial the state of exactly the program's predictors
   */
  public Program<I, O> startingFrom(ProgramState initial) {
    return new StudentProgram<>(program, initial);
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
   * Runs the program under a state, in the current context. A program of several predictors that
   * runs on its own, within no other work, is told of as one piece of work, see {@link
   * ProgramEvent.ProgramStarted}.
   *
   * @throws InvalidInputException if the input is null
   */
  public O run(ProgramState state, I input) {
    ProgramRun frame = ProgramRun.of(predictors, state);
    Context context = Context.current();
    boolean isOnItsOwn = context.isObserved() && context.span().id() == 0;
    boolean ofSeveral = predictors.byName().size() > 1;
    return isOnItsOwn && ofSeveral
        ? watched(context.within(context.span().child()), frame, input)
        : within(frame, input);
  }

  private O watched(Context context, ProgramRun frame, I input) {
    context.emit(new ProgramEvent.ProgramStarted(context.span().stamp(), name()));
    O output;
    try {
      output = context.call(() -> within(frame, input));
    } catch (Throwable e) {
      context.emit(new ProgramEvent.ProgramFailed(context.span().stamp(), e));
      throw e;
    }
    context.emit(new ProgramEvent.ProgramAnswered(context.span().stamp()));
    return output;
  }

  /** Runs the program under a state, and keeps what each predictor did, even if the run fails. */
  public Execution<O> trace(ProgramState state, I input) {
    ProgramRun frame = ProgramRun.of(predictors, state);
    O output = null;
    RuntimeException failure = null;
    try {
      output = within(frame, input);
    } catch (RuntimeException e) {
      failure = e;
    } catch (Throwable e) {
      failure = unexpected(e);
    }
    return frame.execution(output, failure);
  }

  /** Errors, and checked exceptions that were thrown past the compiler. */
  static RuntimeException unexpected(Throwable error) {
    if (error instanceof InterruptedException) {
      Thread.currentThread().interrupt();
      return new LmException.Interrupted("The program was interrupted", error);
    }
    return new IllegalStateException("The program threw " + error, error);
  }

  /**
   * The exact request that the program would send first under a state, in the current context,
   * where it is a {@link Predict} or a {@link ChainOfThought}. Nothing is called.
   *
   * @throws InvalidInputException if it is another program
   */
  public LmRequest render(ProgramState state, I input) {
    Predict<I, ?> predict;
    if (program instanceof Predict<I, O> root) {
      predict = root;
    } else if (program instanceof ChainOfThought<I, O> root) {
      predict = root.predict();
    } else {
      throw InvalidInputException.of(
          "The program %s is not a single predictor; what it sends depends on its code"
              .formatted(program.getClass().getName()),
          "render one of %s with its inputs".formatted(predictors.byName().keySet()));
    }
    return render(state, predictors.nameOf(predict).orElseThrow(), predict.encode(input));
  }

  /**
   * The exact request that one of the program's predictors would send first under a state for these
   * inputs, in the current context. Nothing is called.
   *
   * @throws InvalidInputException if there is no predictor of that name
   */
  public LmRequest render(ProgramState state, String predictor, ObjectNode inputs) {
    PredictorState learnt = state.of(predictor);
    Predict<?, ?> predict = Objects.requireNonNull(predictors.byName().get(predictor));
    Context context = predictors.bind(predictor, Context.current());
    return PredictCall.under(predict, predictor, learnt).render(context, inputs);
  }

  private O within(ProgramRun frame, I input) {
    if (input == null && !(program instanceof Predict || program instanceof ChainOfThought)) {
      throw InvalidInputException.of(
          "The input of the program %s is null".formatted(name()),
          "pass what its method run takes");
    }
    O output = Context.current().with(ProgramRun.KEY, frame).call(() -> program.run(input));
    if (output != null) {
      frame.addOfWhole(new PartOutput(program, output));
    }
    if (given != program) {
      note(frame, given, output);
    }
    return output;
  }

  /**
   * Runs a part of a program, so that metrics can see what it returned. For programs that Hone
   * makes of others, such as compiled ones and those bound to a model.
   *
   * @param part the program that runs, as the user holds it
   * @param run runs it
   */
  public static <O> O runPart(Program<?, O> part, Supplier<O> run) {
    O output = run.get();
    Context.current().value(ProgramRun.KEY).ifPresent(frame -> note(frame, part, output));
    return output;
  }

  private static void note(ProgramRun frame, Program<?, ?> part, @Nullable Object output) {
    if (output != null) {
      frame.add(new PartOutput(part, output));
    }
  }

  /**
   * What the program's class is called, a predictor with its fields; for one that has no name, what
   * it was declared in.
   */
  public String name() {
    if (unwrapped(program) instanceof Predict<?, ?> predict) {
      return "Predict " + predict.shape();
    }
    Class<?> type = unwrapped(program).getClass();
    String full = type.getName().replaceFirst("\\$\\$Lambda.*", "\\$lambda");
    String name = full.substring(full.lastIndexOf('.') + 1);
    return type.isAnonymousClass() || type.isHidden() ? name : type.getSimpleName();
  }

  private static Program<?, ?> unwrapped(Program<?, ?> program) {
    if (program instanceof Program.Bound<?, ?> bound) {
      return unwrapped(bound.program());
    }
    return program instanceof Checked<?, ?> checked ? unwrapped(checked.program()) : program;
  }

  /** One line, such as {@code ProgramRunner[Hop, predictors query, answer]}. */
  @Override
  public String toString() {
    return "ProgramRunner[" + name() + ", predictors " + predictors.joined() + "]";
  }

  /**
   * A program whose predictors start from a state other than the one they were made with. An
   * optimizer finds its predictors, under the names that they have in the program itself; run on
   * its own, it runs under that state.
   *
   * @param program the program
   * @param initial the state of exactly its predictors
   */
  record StudentProgram<I, O>(Program<I, O> program, ProgramState initial)
      implements Program<I, O> {
    @Override
    public O run(I input) {
      boolean partOfRun =
          Context.current().value(ProgramRun.KEY).stream()
              .anyMatch(run -> run.predictors().holds(this));
      return runPart(
          this,
          () -> partOfRun ? program.run(input) : new ProgramRunner<>(program).run(initial, input));
    }
  }

  /**
   * What a program returned that Hone ran.
   *
   * @param part the program
   * @param output what it returned
   */
  public record PartOutput(Program<?, ?> part, Object output) {
    boolean isSame(PartOutput other) {
      return part == other.part && output == other.output;
    }
  }

  /**
   * One run of a program.
   *
   * @param output what it returned; null if it failed
   * @param failure why it failed; null if it returned
   * @param steps the calls of its predictors, in the order in which they ended
   * @param allSteps the same with those of compiled programs within it
   * @param outputs what the program and the compiled ones within it returned, in that order
   * @param checks how the checks of the program and of those within it ended, in that order
   * @param <O> what the program returns
   */
  public record Execution<O>(
      @Nullable O output,
      @Nullable RuntimeException failure,
      List<TraceStep> steps,
      List<TraceStep> allSteps,
      List<PartOutput> outputs,
      List<ProgramRun.CheckResult> checks) {}
}
