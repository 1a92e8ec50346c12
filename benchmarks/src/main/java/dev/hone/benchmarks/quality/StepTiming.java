package dev.hone.benchmarks.quality;

import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.Dimension;
import dev.hone.optimize.search.EvaluationRequest;
import dev.hone.optimize.search.EvaluationScores;
import dev.hone.optimize.search.Search;
import dev.hone.optimize.search.SearchBudget;
import dev.hone.optimize.search.SearchProblem;
import dev.hone.optimize.search.SearchRun;
import dev.hone.optimize.search.SearchSpace;
import dev.hone.optimize.search.racing.RacingSearch;
import dev.hone.optimize.search.racing.RacingSettings;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * How long one step of a race takes with 1,000 configurations tried, of 2,000, and 20,000 outcomes.
 */
final class StepTiming {
  private static final int EXAMPLES = 300;
  private static final int OUTCOMES = 20_000;
  private static final int TRIED = 1_000;
  private static final int GOOD_BLOCKS = 1;
  private static final int STEPS = 60;

  /**
   * What was measured.
   *
   * @param medianMillis processor time of one step: tell and ask
   * @param p95Millis the 95% quantile
   * @param memoryMegabytes of heap that the whole process holds after a collection, the run
   *     included
   * @param tried configurations with outcomes, before the steps that were timed
   * @param outcomes of them all, likewise
   */
  record Timing(
      double medianMillis, double p95Millis, double memoryMegabytes, int tried, int outcomes) {}

  private StepTiming() {}

  static Timing measure() {
    SearchRun run = start();
    RandomGenerator coins = new SplittableRandom(3);
    Map<Configuration, Integer> blocks = new HashMap<>();
    int told = 0;
    while (told < OUTCOMES || run.standings().size() < TRIED) {
      told += step(run, blocks, coins);
    }
    int tried = run.standings().size();
    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    double[] millis = new double[STEPS];
    for (int i = 0; i < STEPS; i++) {
      long from = clock.getCurrentThreadCpuTime();
      step(run, blocks, coins);
      millis[i] = (clock.getCurrentThreadCpuTime() - from) / 1e6;
    }
    double memory = heap() / 1e6;
    Arrays.sort(millis);
    return new Timing(millis[STEPS / 2], millis[(int) (0.95 * STEPS)], memory, tried, told);
  }

  private static SearchRun start() {
    List<Dimension> dimensions =
        List.of(
            new Dimension("p", Dimension.Part.INSTRUCTIONS, 40),
            new Dimension("p", Dimension.Part.DEMOS, 50));
    SearchSpace space = new SearchSpace(dimensions);
    SearchProblem problem =
        new SearchProblem(space, space.at(0), Collections.nCopies(EXAMPLES, ""), c -> 0);
    SearchBudget budget = new SearchBudget(10_000, 35, 5, 1, 8, null, 0);
    Search search = new RacingSearch(RacingSettings.defaults().withTolerance(0).withBlockSize(5));
    return search.start(problem, budget, new SplittableRandom(1));
  }

  /** All do well on their first blocks and fail on later ones, so that ever others are tried. */
  private static int step(
      SearchRun run, Map<Configuration, Integer> blocks, RandomGenerator coins) {
    int count = 0;
    List<EvaluationScores> told = new ArrayList<>();
    for (EvaluationRequest ask : run.ask()) {
      double chance = blocks.merge(ask.configuration(), 1, Integer::sum) <= GOOD_BLOCKS ? 0.6 : 0;
      List<OptionalDouble> scores = new ArrayList<>();
      for (int i = 0; i < ask.examples().size(); i++) {
        scores.add(OptionalDouble.of(coins.nextDouble() < chance ? 1 : 0));
      }
      count += scores.size();
      told.add(new EvaluationScores(ask, scores));
    }
    run.tell(told);
    return count;
  }

  private static long heap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
