package dev.hone.optimize.mipro;

import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.optimize.OptimizationPlan;
import dev.hone.optimize.OptimizationTask;
import dev.hone.optimize.PlannedStage;
import dev.hone.optimize.bootstrap.TeacherRuns;
import dev.hone.optimize.propose.Grounding;
import dev.hone.optimize.propose.ToolDescriptionStage;
import dev.hone.optimize.run.PlannedCosts;
import dev.hone.optimize.run.TestsetCheck;
import dev.hone.optimize.search.SearchBudget;
import dev.hone.optimize.search.SearchExtent;
import dev.hone.text.Plural;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What the stages of a run cost, from its settings and its data. */
final class MiproV2Costs {
  /** The fewest successful runs that a bootstrap goes on for, for the proposer. */
  private static final int LEAST_TRACES = 3;

  /** Searches that begin with a full evaluation of the baseline; others begin as they like. */
  private static final Set<String> BASELINE_FIRST = Set.of("tpe", "random");

  private final MiproV2Settings settings;
  private final SearchBudget budget;
  private final Counts counts;
  private final Dataset<?, ?> trainset;
  private final Dataset<?, ?> valset;

  /** What there is to choose: predictors, those with tools, and candidates for each. */
  record Counts(int predictors, int instructions, int withTools, int toolDescriptions) {}

  MiproV2Costs(
      MiproV2Settings settings,
      SearchBudget budget,
      Counts counts,
      Dataset<?, ?> trainset,
      Dataset<?, ?> valset) {
    this.settings = settings;
    this.budget = budget;
    this.counts = counts;
    this.trainset = trainset;
    this.valset = valset;
  }

  /** The most runs of the program. */
  long programRuns() {
    long bootstrap = (long) trainset.size() * settings.bootstrap().maxRounds();
    return bootstrap + errorRuns() + evaluations() + mustPassRuns();
  }

  private long errorRuns() {
    return CandidateStages.mostErrorRuns(settings, counts.instructions(), trainset.size());
  }

  private long mustPassRuns() {
    return MustPass.mostRuns(settings, valset.size());
  }

  private long evaluations() {
    return settings.search().mostEvaluations(extent());
  }

  private SearchExtent extent() {
    return SearchExtent.of(budget, valset.size())
        .rounds(settings.proposalRounds())
        .memoized(settings.compileCache());
  }

  /** The most calls of the proposer. */
  long proposerCalls() {
    return groundCalls() + writingCalls();
  }

  /** The calls that summarize data and program; a run without instructions to write does less. */
  private long groundCalls() {
    if (counts.instructions() > 1) {
      return Grounding.mostCalls(settings.proposer(), trainset.size(), true);
    }
    return counts.toolDescriptions() > 0 ? Grounding.mostCalls(settings.proposer(), 0, false) : 0;
  }

  private long writingCalls() {
    return 3L * firstProposals() * settings.proposalRounds() + descriptionCalls();
  }

  private long descriptionCalls() {
    return counts.toolDescriptions() == 0
        ? 0
        : ToolDescriptionStage.mostCalls(counts.withTools(), counts.toolDescriptions() - 1);
  }

  private long firstProposals() {
    return (long) counts.predictors() * (counts.instructions() - 1);
  }

  /** Adds the stages to a plan, and the least that a run needs for a result. */
  OptimizationPlan.Builder stages(
      OptimizationPlan.Builder plan, OptimizationTask<?, ?> task, Context tasks, Context prompts) {
    PlannedCosts costs = PlannedCosts.of(task.student(), valset, tasks);
    List<PlannedStage> before = new ArrayList<>();
    before.add(
        tasks.call(
            () -> new TeacherRuns(task, trainset, settings.bootstrap()).stage(LEAST_TRACES)));
    if (proposerCalls() > 0) {
      before.add(proposals(costs, ground(), prompts));
      before.add(proposals(costs, writing(), prompts));
    }
    before.forEach(plan::stage);
    if (errorRuns() > 0) {
      plan.stage(costs.runs("errors", "errors of the best", 0, errorRuns(), mostDemos()));
    }
    int n = valset.size();
    String examples = Plural.of(n, "validation example");
    String search =
        "%s of %s on %s, at most %s"
            .formatted(
                Plural.of(budget.trials(), "trial"),
                settings.search().name(),
                examples,
                Plural.of(evaluations(), "evaluation"));
    long first = BASELINE_FIRST.contains(settings.search().name()) ? n : 1;
    plan.stage(costs.runs("search", search, first, evaluations(), mostDemos()));
    if (mustPassRuns() > 0) {
      plan.stage(costs.runs("mustPass", "examples to pass", 0, mustPassRuns(), mostDemos()));
    }
    long fewest = settings.search().leastEvaluations(extent());
    TestsetCheck.plan(plan, task, tasks, mostDemos());
    before.add(costs.runs("search", "", fewest, fewest, 0));
    String least =
        "the stages before the search, the baseline and one other configuration on %s"
            .formatted(Plural.of(fewest / 2, "example"));
    return plan.least(PlannedCosts.least(least, before));
  }

  private int mostDemos() {
    return settings.bootstrap().maxBootstrappedDemos() + settings.bootstrap().maxLabeledDemos();
  }

  private PlannedStage proposals(PlannedCosts costs, PlannedStage calls, Context prompts) {
    return costs.proposals(
        calls, prompts, settings.proposer().viewDataBatchSize() + LEAST_TRACES + mostDemos());
  }

  private PlannedStage ground() {
    boolean summary = counts.instructions() > 1 && settings.proposer().dataAware();
    return PlannedStage.of(
        "ground",
        "a summary of the data in batches of %d, a description of the program"
            .formatted(settings.proposer().viewDataBatchSize()),
        Math.min(groundCalls(), summary ? 1 : 0),
        groundCalls());
  }

  private PlannedStage writing() {
    String formula =
        "%s x %d instructions x %s, each again up to twice"
            .formatted(
                Plural.of(counts.predictors(), "predictor"),
                counts.instructions() - 1,
                Plural.of(settings.proposalRounds(), "round"));
    return PlannedStage.of("propose", formula, firstProposals(), writingCalls());
  }
}
