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
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
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
    int outcomes = 0;
    while (outcomes < OUTCOMES || run.summaries().size() < TRIED) {
      outcomes += step(run, blocks, coins);
    }
    int tried = run.summaries().size();
    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    double[] millis = new double[STEPS];
    for (int i = 0; i < STEPS; i++) {
      long from = clock.getCurrentThreadCpuTime();
      step(run, blocks, coins);
      millis[i] = (clock.getCurrentThreadCpuTime() - from) / 1e6;
    }
    double memory = heap() / 1e6;
    Arrays.sort(millis);
    return new Timing(millis[STEPS / 2], millis[(int) (0.95 * STEPS)], memory, tried, outcomes);
  }

  private static SearchRun start() {
    List<Dimension> dimensions =
        List.of(
            new Dimension("p", Dimension.Part.INSTRUCTIONS, 40),
            new Dimension("p", Dimension.Part.DEMOS, 50));
    SearchSpace space = new SearchSpace(dimensions);
    SearchProblem problem = SearchProblem.of(space, space.at(0), EXAMPLES);
    SearchBudget budget = SearchBudget.ofTrials(10_000).minibatchSize(35).trialsInFlight(8);
    Search search = RacingSearch.defaults().pointsPerThousandTokens(0).blockSize(5);
    return search.start(problem, budget, new SplittableRandom(1));
  }

  /** All do well on their first blocks and fail on later ones, so that ever others are tried. */
  private static int step(
      SearchRun run, Map<Configuration, Integer> blocks, RandomGenerator coins) {
    int count = 0;
    List<EvaluationScores> results = new ArrayList<>();
    for (EvaluationRequest request : run.ask()) {
      boolean good = blocks.merge(request.configuration(), 1, Integer::sum) <= GOOD_BLOCKS;
      List<OptionalDouble> scores = new ArrayList<>();
      for (int i = 0; i < request.examples().size(); i++) {
        scores.add(OptionalDouble.of(coins.nextDouble() < (good ? 0.6 : 0) ? 1 : 0));
      }
      count += scores.size();
      results.add(new EvaluationScores(request, scores));
    }
    run.tell(results);
    return count;
  }

  private static long heap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
