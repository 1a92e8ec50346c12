package dev.hone.cli.demo;

import dev.hone.price.Money;
import dev.hone.program.ProgramState;
import dev.hone.stats.Interval;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The result of a demo.
 *
 * @param task the task's name
 * @param model the model's id
 * @param seed the seed
 * @param baseline the program as it is, zero-shot
 * @param bootstrapFewShot the program with bootstrapped demos
 * @param miproV2 the program optimized by MIPROv2 light
 * @param before the state that the program began with
 * @param after the state that won
 * @param notes notes of MIPROv2 on its run, in sentences
 * @param saving what became of saving the winner
 * @param duration wall-clock time
 */
record DemoResult(
    String task,
    String model,
    long seed,
    Row baseline,
    Row bootstrapFewShot,
    Row miproV2,
    ProgramState before,
    ProgramState after,
    List<String> notes,
    Saving saving,
    Duration duration) {
  /**
   * One program's result.
   *
   * @param testScore its mean score on the test set
   * @param interval its 95 % confidence interval
   * @param optimizationCalls model calls spent on finding it
   * @param testCalls model calls spent on testing it
   * @param money what both cost
   */
  record Row(
      double testScore, Interval interval, long optimizationCalls, long testCalls, Money money) {
    long lmCalls() {
      return optimizationCalls + testCalls;
    }
  }

  /** What all calls cost. */
  Money money() {
    return baseline.money().plus(bootstrapFewShot.money()).plus(miproV2.money());
  }

  /** What became of saving the winner. */
  sealed interface Saving {}

  /**
   * It was saved, and loaded again.
   *
   * @param artifact the file
   * @param reloadedTestScore the score of what was loaded
   */
  record Saved(Path artifact, double reloadedTestScore) implements Saving {}

  /**
   * It could not be saved, or not be loaded again; all else of the result holds.
   *
   * @param error why
   */
  record NotSaved(String error) implements Saving {}
}
