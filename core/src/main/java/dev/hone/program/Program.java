package dev.hone.program;

import dev.hone.context.Context;
import dev.hone.lm.LanguageModel;
import dev.hone.pipeline.ModelBinding;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A program over language models: immutable, thread-safe Java that turns an input into an output.
 * Write a record or class that implements this interface, holds its predictors as fields and
 * composes their calls in {@link #run}; optimizers find the predictors by those fields.
 *
 * @param <I> what it takes
 * @param <O> what it returns
 */
public interface Program<I, O> {
  /**
   * Runs the program under the current context.
   *
   * @throws dev.hone.HoneException if a call gives no usable reply
   */
  O run(I input);

  /**
   * This program bound to a model of its own, wherever it is called: {@code program.on(model)}, or
   * {@code program.on(model.withOptions(o -> o.temperature(0)))}. Of two models, the one that is
   * bound closer to the predictor counts; a program that is bound already is bound to the new one
   * instead. All parts on one model share its pipeline, and so its cache and its limit on calls in
   * flight, see {@link dev.hone.pipeline.LmPipeline#of}.
   *
   * <p>Everything else stays that of the context: adapter, budget, listeners, interceptors,
   * metadata, and its options where the model has none of its own; what an optimizer draws wins
   * over both. The predictors keep their names and the states that they are run under. No model is
   * called here.
   *
   * @throws dev.hone.InvalidInputException if the model or its id is null
   */
  default Program<I, O> on(LanguageModel model) {
    return new Bound<>(this, ModelBinding.of(model));
  }

  /**
   * This program with a check of its output: an output that fails it is made again, with the
   * message as advice to the predictors, at most twice; then it is refused. See {@link Checked},
   * also for further checks, other numbers of tries, and checks that only ask.
   *
   * @param test whether an output is acceptable
   * @param message what is wrong with one that is not, and what to do, in words for the model
   */
  default Checked<I, O> check(Predicate<? super O> test, String message) {
    return Checked.of(this).check(test, message);
  }

  /** As {@link #check(Predicate, String)}, with a test of the input and the output. */
  default Checked<I, O> check(BiPredicate<? super I, ? super O> test, String message) {
    return Checked.of(this).check(test, message);
  }

  /**
   * As {@link #check(Predicate, String)}, with a message of its own for each output.
   *
   * @param name what counts and notes call the check
   * @param problem what is wrong with an output, in words for the model; empty for nothing
   */
  default Checked<I, O> checkWith(String name, Function<? super O, Optional<String>> problem) {
    return Checked.of(this).checkWith(name, problem);
  }

  /** As {@link #checkWith(String, Function)}, with a function of the input and the output. */
  default Checked<I, O> checkWith(
      String name, BiFunction<? super I, ? super O, Optional<String>> problem) {
    return Checked.of(this).checkWith(name, problem);
  }

  /**
   * A program that is bound to a model, see {@link #on}. Immutable; thread-safe, as the program is.
   *
   * @param <I> what it takes
   * @param <O> what it returns
   */
  final class Bound<I, O> implements Program<I, O> {
    private final Program<I, O> program;
    private final ModelBinding model;

    Bound(Program<I, O> program, ModelBinding model) {
      this.program = program;
      this.model = model;
    }

    /** The program without the model. */
    public Program<I, O> program() {
      return program;
    }

    ModelBinding model() {
      return model;
    }

    /** The program without its model, bound to another one. */
    @Override
    public Bound<I, O> on(LanguageModel other) {
      return new Bound<>(program, ModelBinding.of(other));
    }

    @Override
    public O run(I input) {
      return ProgramRunner.runPart(
          this, () -> Context.current().withModel(model).call(() -> program.run(input)));
    }

    /** One line: the program and the model's id. */
    @Override
    public String toString() {
      return program + " on " + model.pipeline().id();
    }
  }
}
