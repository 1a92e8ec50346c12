package dev.hone.testkit;

import dev.hone.program.Program;

/** Where assertions about programs start. */
public final class HoneAssertions {
  private HoneAssertions() {}

  /**
   * Asserts something of a program.
   *
   * <pre>{@code
   * assertThatProgram(tuned).isNotWorseThan(baseline).on(testset, metric);
   * }</pre>
   */
  public static <I, O> ProgramAssert<I, O> assertThatProgram(Program<I, O> program) {
    return new ProgramAssert<>(program);
  }
}
