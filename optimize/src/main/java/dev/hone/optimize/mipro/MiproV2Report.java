package dev.hone.optimize.mipro;

import dev.hone.context.Spend;
import dev.hone.lm.LmException;
import dev.hone.optimize.FinishReason;
import dev.hone.optimize.bootstrap.DemoSets;
import dev.hone.optimize.candidate.BootstrapReport;
import dev.hone.optimize.candidate.DemoCandidate;
import dev.hone.optimize.candidate.InstructionCandidate;
import dev.hone.optimize.propose.Grounding;
import dev.hone.optimize.run.RunMeter;
import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.ConfigurationSummary;
import dev.hone.optimize.search.SearchRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * How a run of MIPROv2 went: everything that was tried, and what it brought and cost. Immutable.
 *
 * @param plan what the run was to do
 * @param baseline what the program scored as it was given
 * @param best what the returned program scored; the baseline if nothing was better
 * @param confidence an estimate of the chance that the returned program truly is no worse than the
 *     baseline, by the search's own model; empty if it has none ({@code Search.tpe()}, {@code
 *     Search.random()})
 * @param trials every evaluation in the order in which it was told
 * @param standings every configuration that was tried, best first
 * @param instructions each predictor's instruction candidates with where they came from
 * @param demoSets each predictor's demo sets with where they came from
 * @param datasetSummary what the proposer was told of the data; empty if nothing
 * @param programDescription what the proposer was told of the program; empty if nothing
 * @param bootstrap how bootstrapping went
 * @param spendByStage what each stage cost, in the order of the stages
 * @param spendByModel what each model cost, by its id
 * @param duration wall-clock time
 * @param finishReason why the search ended
 * @param degraded whether a step of the proposer failed, or the model was gone before the search
 *     ended, so that the result may be worse than it could be
 * @param problems what a user should know, in sentences
 */
public record MiproV2Report(
    MiproV2Plan plan,
    FullScore baseline,
    FullScore best,
    OptionalDouble confidence,
    List<TrialRecord> trials,
    List<ConfigurationSummary> standings,
    Map<String, List<InstructionCandidate>> instructions,
    Map<String, List<DemoCandidate>> demoSets,
    String datasetSummary,
    String programDescription,
    BootstrapReport bootstrap,
    Map<String, Spend> spendByStage,
    Map<String, Spend> spendByModel,
    Duration duration,
    FinishReason finishReason,
    boolean degraded,
    List<String> problems) {
  /** Copies the lists. */
  public MiproV2Report {
    trials = List.copyOf(trials);
    standings = List.copyOf(standings);
    problems = List.copyOf(problems);
  }

  static MiproV2Report of(
      MiproV2Plan plan,
      DemoSets demoSets,
      Grounding grounding,
      InstructionStage writer,
      MiproV2Run.Outcome outcome,
      RunMeter meter,
      Duration duration) {
    List<String> problems = new ArrayList<>(plan.notes());
    problems.addAll(demoSets.report().warnings());
    problems.addAll(grounding.failures());
    problems.addAll(writer.failures());
    problems.addAll(writer.notes());
    problems.addAll(outcome.run().notes());
    problems.addAll(outcome.notes());
    LmException end = outcome.end();
    boolean gone = end != null && !(end instanceof LmException.BudgetExhausted);
    if (end != null) {
      problems.add("The search ended before its time: " + end.getMessage());
    }
    List<TrialRecord> trials = outcome.trials();
    Configuration baseline = outcome.space().baseline();
    Configuration best =
        outcome.run().bestSoFar().map(ConfigurationSummary::configuration).orElse(baseline);
    return new MiproV2Report(
        plan,
        FullScore.of(outcome.scores(), baseline, baseline),
        FullScore.of(outcome.scores(), best, baseline),
        outcome.run().confidence(),
        trials,
        outcome.run().summaries(),
        outcome.space().instructions(),
        demoSets.byPredictor(),
        grounding.datasetSummary(),
        grounding.programDescription(),
        demoSets.report(),
        meter.byStage(),
        meter.byModel(),
        duration,
        finishReason(outcome.run(), end),
        gone || !grounding.failures().isEmpty() || !writer.failures().isEmpty(),
        problems);
  }

  private static FinishReason finishReason(SearchRun run, @Nullable LmException end) {
    if (end == null) {
      return run.finishReason();
    }
    return end instanceof LmException.BudgetExhausted
        ? FinishReason.BUDGET_SPENT
        : FinishReason.MODEL_UNAVAILABLE;
  }

  /** What the whole run cost. */
  public Spend spend() {
    return spendByStage.values().stream().reduce(Spend.NONE, Spend::plus);
  }

  /** Whether something beat the program as it was given, so that another one is returned. */
  public boolean improved() {
    return !best.configuration().equals(baseline.configuration());
  }

  /** A summary, a table of the trials and what won, for people. */
  @Override
  public String toString() {
    return ReportText.of(this);
  }
}
