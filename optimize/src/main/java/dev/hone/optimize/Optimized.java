package dev.hone.optimize;

import dev.hone.compiled.Compiled;
import dev.hone.program.FrozenProgram;
import dev.hone.program.Program;
import dev.hone.program.ProgramRunner;
import java.nio.file.Path;

/**
 * What an optimizer returns: the compiled program and the report of how it was found. Itself a
 * program; immutable and thread-safe.
 *
 * @param <I> what the program takes
 * @param <O> what it returns
 * @param <R> the type of the report
 */
public final class Optimized<I, O, R extends OptimizationReport> implements FrozenProgram<I, O> {
  private final Compiled<I, O> compiled;
  private final R report;

  private Optimized(Compiled<I, O> compiled, R report) {
    this.compiled = compiled;
    this.report = report;
  }

  /** A compiled program with the report of how it was found. */
  public static <I, O, R extends OptimizationReport> Optimized<I, O, R> of(
      Compiled<I, O> compiled, R report) {
    return new Optimized<>(compiled, report);
  }

  /** The program with what was learnt. */
  public Compiled<I, O> compiled() {
    return compiled;
  }

  /**
   * The program as one that goes on being optimized, starting from what was learnt; see {@link
   * Compiled#asStudent}.
   */
  public Program<I, O> asStudent() {
    return compiled.asStudent();
  }

  /** How it was found. */
  public R report() {
    return report;
  }

  @Override
  public O run(I input) {
    return ProgramRunner.runPart(this, () -> compiled.run(input));
  }

  /** Saves the compiled program; see {@link Compiled#save}. */
  public void save(Path file) {
    compiled.save(file);
  }

  /** The compiled program in a line; for how it was found, print the report. */
  @Override
  public String toString() {
    return "Optimized[" + compiled + "]";
  }
}
