package dev.hone.program;

import dev.hone.adapter.Demo;
import dev.hone.adapter.Prompt;
import dev.hone.context.Context;
import dev.hone.lm.LmRequest;
import dev.hone.signature.Signature;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * The leaf of every program: one typed call of a language model. Immutable and thread-safe. Its
 * state (instructions and demos) is the one it was made with, unless it runs inside a program that
 * is run under another {@link ProgramState}.
 *
 * <p>Cost: one model call; at most three when replies cannot be read (a repair turn, then the JSON
 * adapter).
 *
 * @param <I> what it takes
 * @param <O> what it returns
 */
public final class Predict<I, O> implements Program<I, O> {
  private final Signature<I, O> signature;
  private final PredictorState state;

  private Predict(Signature<I, O> signature, PredictorState state) {
    this.signature = signature;
    this.state = state;
  }

  /**
   * A predictor between two record classes.
   *
   * @param instructions what the model is to do
   */
  public static <I, O> Predict<I, O> of(Class<I> input, Class<O> output, String instructions) {
    return of(Signature.of(input, output, instructions));
  }

  /** A predictor of a signature, with its instructions and no demos. */
  public static <I, O> Predict<I, O> of(Signature<I, O> signature) {
    return new Predict<>(signature, new PredictorState(signature.instructions(), List.of()));
  }

  /** A copy that starts with these demos. */
  public Predict<I, O> withDemos(List<Demo> demos) {
    return new Predict<>(signature, state.withDemos(demos));
  }

  /** What it takes and returns. */
  public Signature<I, O> signature() {
    return signature;
  }

  /** The state it was made with. */
  public PredictorState state() {
    return state;
  }

  /**
   * Calls the model.
   *
   * @throws UnparsableReplyException if no reply could be read
   * @throws dev.hone.lm.LmException if no reply could be had
   */
  @Override
  public O run(I input) {
    ObjectNode outputs = PredictCall.of(this).run(signature.input().encode(input));
    return signature.output().decode(outputs);
  }

  /**
   * The exact request that {@link #run} would send first, under the current context. Nothing is
   * called.
   */
  public LmRequest render(I input) {
    Context context = Context.current();
    return PredictCall.of(this).render(context, context.adapter(), signature.input().encode(input));
  }

  Prompt prompt(PredictorState current, ObjectNode input) {
    return new Prompt(signature, current.instructions(), current.demos(), input);
  }
}
