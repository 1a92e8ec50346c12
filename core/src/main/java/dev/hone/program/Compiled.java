package dev.hone.program;

/**
 * A program with the state it is to run under: what an optimizer returns, and what is saved.
 * Immutable and thread-safe; frozen inside a larger program.
 *
 * @param <I> what it takes
 * @param <O> what it returns
 */
public final class Compiled<I, O> implements FrozenProgram<I, O> {
  private final ProgramRunner<I, O> runner;
  private final ProgramState state;
  private final Provenance provenance;

  private Compiled(ProgramRunner<I, O> runner, ProgramState state, Provenance provenance) {
    this.runner = runner;
    this.state = state;
    this.provenance = provenance;
  }

  /**
   * Binds a program to a state.
   *
   * @param provenance where the state comes from
   */
  public static <I, O> Compiled<I, O> of(
      Program<I, O> program, ProgramState state, Provenance provenance) {
    return new Compiled<>(new ProgramRunner<>(program), state, provenance);
  }

  @Override
  public O run(I input) {
    return runner.run(state, input);
  }

  /** The program without its state. */
  public Program<I, O> program() {
    return runner.program();
  }

  /** What was learnt. */
  public ProgramState state() {
    return state;
  }

  /** Where the state comes from. */
  public Provenance provenance() {
    return provenance;
  }
}
