package dev.hone.cli.demo;

import dev.hone.evaluate.Interval;
import dev.hone.optimize.mipro.MiproV2Report;
import dev.hone.program.ProgramState;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What a demo brought.
 *
 * @param task the task's name
 * @param model the model's id
 * @param seed the seed
 * @param baseline the program as it is, zero-shot
 * @param bootstrapFewShot the program with bootstrapped demos
 * @param miproV2 the program optimized by MIPROv2 light
 * @param before the state that the program began with
 * @param after the state that won
 * @param report MIPROv2's report
 * @param artifact the file in which the winner was saved
 * @param reloadedTestScore the score of the winner loaded from that file
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
    MiproV2Report report,
    Path artifact,
    double reloadedTestScore,
    Duration duration) {
  /**
   * One program's result.
   *
   * @param testScore its mean score on the test set
   * @param interval its 95 % confidence interval
   * @param optimizationCalls model calls spent on finding it
   * @param testCalls model calls spent on testing it
   */
  record Row(double testScore, Interval interval, long optimizationCalls, long testCalls) {
    long lmCalls() {
      return optimizationCalls + testCalls;
    }
  }
}
