package dev.hone.optimize;

import dev.hone.compiled.Compiled;
import dev.hone.program.FrozenProgram;
import dev.hone.program.ProgramRunner;
import java.nio.file.Path;

/**
 * What an optimizer returns: the compiled program and the report of how it was found. Itself a
 * program; immutable and thread-safe.
 *
 * @param compiled the program with what was learnt
 * @param report how it was found
 * @param <I> what the program takes
 * @param <O> what it returns
 * @param <R> the type of the report
 */
public record Optimized<I, O, R>(Compiled<I, O> compiled, R report) implements FrozenProgram<I, O> {
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
