package dev.hone.optimize.mipro;

import dev.hone.context.Spend;
import dev.hone.optimize.OptimizationReport;
import dev.hone.optimize.RunFigures;
import dev.hone.optimize.candidate.BootstrapReport;
import dev.hone.optimize.candidate.DemoCandidate;
import dev.hone.optimize.candidate.InstructionCandidate;
import dev.hone.optimize.candidate.ToolDescriptionCandidate;
import dev.hone.optimize.choice.Findings;
import dev.hone.optimize.run.ReturnReason;
import dev.hone.optimize.run.TokensPerRun;
import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.ConfigurationSummary;
import dev.hone.optimize.search.EvaluationRequest;
import dev.hone.optimize.search.LeadOverBaseline;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How a run of MIPROv2 went: everything that was tried, what it gave and what it cost. Its stages
 * are {@code bootstrap}, {@code ground}, {@code propose} and {@code search}, and {@code mustPass}
 * with must-pass examples. Immutable.
 */
public final class MiproV2Report extends OptimizationReport {
  private final Draft values;

  MiproV2Report(Draft values, RunFigures figures) {
    super(figures);
    this.values = values;
  }

  /** Why what is returned is returned, and what was found. */
  record Returned(ReturnReason reason, Findings findings) {}

  /** What a report is made of. */
  record Draft(
      MiproV2Plan plan,
      FullScore baseline,
      FullScore best,
      OptionalDouble confidence,
      Returned returned,
      List<TrialRecord> trials,
      List<ConfigurationSummary> configurations,
      CandidateSpace space,
      String datasetSummary,
      String programDescription,
      BootstrapReport bootstrap,
      boolean degraded) {
    /** Copies the lists. */
    Draft {
      trials = List.copyOf(trials);
      configurations = List.copyOf(configurations);
    }
  }

  /** What the run was to do. */
  public MiproV2Plan plan() {
    return values.plan();
  }

  /**
   * What the program scored as it was given, on the examples that {@link #best} was scored on too.
   */
  public FullScore baseline() {
    return values.baseline();
  }

  /**
   * What the returned program scored, on the examples that the baseline was scored on too; the
   * baseline's own score where that one is returned.
   */
  public FullScore best() {
    return values.best();
  }

  /**
   * An estimate of the probability that the returned program truly is no worse than the baseline,
   * by the search's own model; empty if it has none ({@code Search.tpe()}, {@code
   * Search.random()}). For an estimate under any search see {@link #lead}.
   */
  public OptionalDouble confidence() {
    return values.confidence();
  }

  /**
   * How far the returned program is ahead of the baseline on the examples that both were scored on,
   * and with what probability it is better. Where the baseline is returned, the lead of what the
   * search would have returned, or of the one most probably better among those that scored higher;
   * empty if nothing scored higher than the baseline.
   */
  public Optional<LeadOverBaseline> lead() {
    return values.returned().findings().lead();
  }

  /** Why what is returned is returned. */
  public ReturnReason reason() {
    return values.returned().reason();
  }

  /** What was found, how sure that is and why what is returned is returned, in two sentences. */
  public List<String> findings() {
    Findings findings = values.returned().findings();
    return List.of(findings.found(), findings.why());
  }

  /** What a run of the returned program costs in tokens beside one of the baseline. */
  public TokensPerRun tokensPerRun() {
    return values.returned().findings().tokens();
  }

  /** Every evaluation, in the order in which the search took them. */
  public List<TrialRecord> trials() {
    return values.trials();
  }

  /** Every configuration that was tried, best first. */
  public List<ConfigurationSummary> configurations() {
    return values.configurations();
  }

  /**
   * How many configurations were evaluated on the whole validation set, the program as it was given
   * included; under any search, however many evaluations that took.
   */
  public int fullEvaluations() {
    return (int) configurations().stream().filter(ConfigurationSummary::full).count();
  }

  /** How many evaluations there were of each kind of choice, such as random and guided. */
  public Map<EvaluationRequest.Choice, Integer> trialsByChoice() {
    Map<EvaluationRequest.Choice, Integer> counts = new EnumMap<>(EvaluationRequest.Choice.class);
    trials().forEach(trial -> counts.merge(trial.request().choice(), 1, Integer::sum));
    return Collections.unmodifiableMap(counts);
  }

  /** The calls of the model that proposes: those of the stages ground and propose. */
  public long proposerCalls() {
    return callsOf("ground") + callsOf("propose");
  }

  /** The calls of the program and of its teacher, without those of a judge in the metric. */
  public long taskCalls() {
    return callsOf("bootstrap") + callsOf("search") - judgeCalls();
  }

  /** The calls of a judge in the metric; 0 where the metric calls no model. */
  public long judgeCalls() {
    return judgeSpend().lmCalls();
  }

  private long callsOf(String stage) {
    return spendByStage().getOrDefault(stage, Spend.NONE).lmCalls();
  }

  /**
   * A configuration by names: for each predictor the numbers of its instructions in {@link
   * #instructions}, of its demo set in {@link #demoSets}, and where there are several of its tool
   * descriptions in {@link #toolDescriptions}.
   */
  public Map<String, Integer> named(Configuration configuration) {
    return values.space().searchSpace().named(configuration);
  }

  /** The returned configuration by names, such as {@code {self.instructions=2, self.demos=3}}. */
  @Override
  public Map<String, Integer> configuration() {
    return named(best().configuration());
  }

  /** Each predictor's instruction candidates with where they came from. */
  public Map<String, List<InstructionCandidate>> instructions() {
    return values.space().instructions();
  }

  /** Each predictor's demo sets with where they came from. */
  public Map<String, List<DemoCandidate>> demoSets() {
    return values.space().demoSets();
  }

  /**
   * The tool descriptions of each predictor for which some were proposed, those that it came with
   * first; empty for a program without tools.
   */
  public Map<String, List<ToolDescriptionCandidate>> toolDescriptions() {
    return values.space().toolDescriptions();
  }

  CandidateSpace space() {
    return values.space();
  }

  /** The summary of the data that the proposer was given; empty if it had none. */
  public String datasetSummary() {
    return values.datasetSummary();
  }

  /** The description of the program that the proposer was given; empty if it had none. */
  public String programDescription() {
    return values.programDescription();
  }

  /** How bootstrapping went. */
  public BootstrapReport bootstrap() {
    return values.bootstrap();
  }

  /**
   * Whether a step of the proposer failed, or the model was gone before the search ended, so that
   * the result may be worse than it could be.
   */
  public boolean degraded() {
    return values.degraded();
  }

  /**
   * Whether another program than the given one is returned; how sure it is that it is better, says
   * {@link #lead}.
   */
  public boolean improved() {
    return !best().configuration().equals(baseline().configuration());
  }

  /** A summary, a table of the trials and what won, for people. */
  @Override
  public String toString() {
    return ReportText.of(this);
  }
}
