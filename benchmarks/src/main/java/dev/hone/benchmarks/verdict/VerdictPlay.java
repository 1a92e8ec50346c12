package dev.hone.benchmarks.verdict;

import dev.hone.benchmarks.quality.AskTell;
import dev.hone.benchmarks.quality.CallMeter;
import dev.hone.benchmarks.quality.Hash;
import dev.hone.benchmarks.quality.ReferenceSchedule;
import dev.hone.optimize.Verdict;
import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.ConfigurationSummary;
import dev.hone.optimize.search.PairedDifference;
import dev.hone.optimize.search.ScoreTable;
import dev.hone.optimize.search.Search;
import dev.hone.optimize.search.SearchBudget;
import dev.hone.optimize.search.SearchProblem;
import dev.hone.optimize.search.SearchRun;
import dev.hone.optimize.verdict.GainCheck;
import dev.hone.optimize.verdict.GainEstimate;
import dev.hone.optimize.verdict.GainPower;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One simulated run with its verdict, and the truth.
 *
 * @param returned whether something else than the baseline is returned
 * @param gain the true gain of what the verdict speaks of
 * @param estimate the estimate that the verdict is by
 * @param verdict the verdict; null where nothing could be compared
 * @param probability the probability of being better that the verdict states
 * @param calls distinct pairs of configuration and example that were evaluated
 */
record VerdictPlay(
    boolean returned,
    double gain,
    GainEstimate estimate,
    @Nullable Verdict verdict,
    double probability,
    int calls) {
  private static final int IN_FLIGHT = 2;
  private static final int PILOT = 60;
  private static final int FAR = 10_000_000;
  private static final double GAIN = 0.05;

  /** The width of the 95 % interval of a plain test of the two on as many other examples. */
  double plainWidth() {
    return 2 * 1.96 * estimate.spread() / Math.sqrt(estimate.examples());
  }

  /** Plays a search, with the budget that MIPROv2 gives it; empty where it compared nothing. */
  static Optional<VerdictPlay> of(VerdictCell cell, GainScenario scenario, int number) {
    long seed = Hash.of(cell.seed(), scenario.ordinal(), number, 0);
    GainTask task = cell.examplesByPower() ? byPower(cell, scenario, seed) : cell.task();
    GainSurface surface = new GainSurface(scenario, task, seed);
    CallMeter meter = new CallMeter(surface);
    SearchRun run = play(cell.search(), meter, task, seed);
    ScoreTable scores = run.scores();
    Configuration baseline = meter.baseline();
    Configuration best = run.bestSoFar().map(ConfigurationSummary::configuration).orElse(baseline);
    List<Configuration> others =
        scores.configurations().stream().filter(each -> !each.equals(baseline)).toList();
    boolean returned = !best.equals(baseline);
    int about = returned ? others.indexOf(best) : mostProbable(scores, baseline, others);
    if (about < 0) {
      return Optional.empty();
    }
    double known =
        returned && run.confidence().isPresent()
            ? run.confidence().getAsDouble()
            : difference(scores, others.get(about), baseline);
    GainCheck check =
        GainCheck.of(scores.scores(baseline), others.stream().map(scores::scores).toList());
    check = (returned ? check.returned(about) : check.about(about)).probability(known);
    if (cell.testset() && returned) {
      check = confirmed(meter, surface, others.get(about));
      known = check.estimate().orElseThrow().probability();
    }
    Verdict verdict = check.verdict().orElse(null);
    double stated = known;
    double gain = surface.gain(others.get(about));
    return check
        .estimate()
        .map(each -> new VerdictPlay(returned, gain, each, verdict, stated, meter.calls()));
  }

  /** A validation set of the size that was said beforehand, by 60 other scores of the baseline. */
  private static GainTask byPower(VerdictCell cell, GainScenario scenario, long seed) {
    GainSurface pilot = new GainSurface(scenario, cell.task(), seed);
    int examples = power(pilot).bestOf(cell.compared()).examples(GAIN);
    return new GainTask(
        cell.task().instructions(), cell.task().demoSets(), examples, cell.task().graded());
  }

  private static GainPower power(GainSurface surface) {
    return GainPower.ofBaseline(
        IntStream.range(0, PILOT)
            .mapToDouble(i -> surface.outcome(surface.baseline(), FAR + i))
            .toArray());
  }

  /** The check by a testset of the size that was said beforehand. */
  private static GainCheck confirmed(CallMeter meter, GainSurface surface, Configuration found) {
    List<Integer> testset =
        IntStream.range(2 * FAR, 2 * FAR + power(surface).examples(GAIN)).boxed().toList();
    double[] before = meter.evaluate(surface.baseline(), testset);
    return GainCheck.of(before, List.of(meter.evaluate(found, testset))).returned(0);
  }

  private static SearchRun play(String search, CallMeter meter, GainTask task, long seed) {
    ReferenceSchedule schedule =
        ReferenceSchedule.of(2, Math.max(task.instructions(), task.demoSets()), task.examples());
    SearchBudget budget =
        SearchBudget.ofTrials(schedule.trials())
            .minibatchSize(schedule.whole() ? null : schedule.minibatch())
            .fullEvaluationSteps(ReferenceSchedule.FULL_STEPS)
            .trialsInFlight(IN_FLIGHT);
    SearchProblem problem =
        SearchProblem.of(meter.space(), meter.baseline(), task.examples())
            .tokensPerRun(meter::tokens);
    SearchRun run = Search.named(search).start(problem, budget, new SplittableRandom(seed));
    new AskTell(run, meter).toTheEnd();
    return run;
  }

  /** As {@code Findings} has it: of what scored higher the one most probably better. */
  private static int mostProbable(
      ScoreTable scores, Configuration baseline, List<Configuration> others) {
    return IntStream.range(0, others.size())
        .boxed()
        .max(Comparator.comparingDouble(i -> difference(scores, others.get(i), baseline)))
        .orElse(-1);
  }

  private static double difference(ScoreTable scores, Configuration one, Configuration baseline) {
    return PairedDifference.of(scores.scores(one), scores.scores(baseline))
        .map(PairedDifference::probabilityOfBetter)
        .orElse(0.0);
  }
}
