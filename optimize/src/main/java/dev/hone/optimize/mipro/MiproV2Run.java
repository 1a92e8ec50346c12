package dev.hone.optimize.mipro;

import dev.hone.compiled.Compiled;
import dev.hone.compiled.Provenance;
import dev.hone.context.Context;
import dev.hone.context.SpendMeter;
import dev.hone.evaluate.EvaluationEngine;
import dev.hone.evaluate.EvaluationSettings;
import dev.hone.lm.LmException;
import dev.hone.optimize.FinishReason;
import dev.hone.optimize.OptimizationTask;
import dev.hone.optimize.Optimized;
import dev.hone.optimize.OptimizerEvent.OptimizerFailed;
import dev.hone.optimize.OptimizerEvent.OptimizerFinished;
import dev.hone.optimize.OptimizerEvent.OptimizerStarted;
import dev.hone.optimize.OptimizerEvent.StageFinished;
import dev.hone.optimize.OptimizerEvent.StageStarted;
import dev.hone.optimize.bootstrap.DemoSets;
import dev.hone.optimize.candidate.InstructionCandidate;
import dev.hone.optimize.propose.GroundedProposer;
import dev.hone.optimize.propose.Grounding;
import dev.hone.optimize.propose.ScoredInstruction;
import dev.hone.optimize.run.RunMeter;
import dev.hone.optimize.search.ScoreTable;
import dev.hone.optimize.search.SearchBudget;
import dev.hone.optimize.search.SearchProblem;
import dev.hone.optimize.search.SearchRun;
import dev.hone.optimize.task.TaskData;
import dev.hone.program.Predictors;
import dev.hone.program.ProgramState;
import dev.hone.program.TraceStep;
import dev.hone.random.RandomSource;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One run of MIPROv2, stage by stage. */
final class MiproV2Run<I, O> {
  static final String NAME = "MiproV2";

  private final OptimizationTask<I, O> task;
  private final MiproV2Settings settings;
  private final RunMeter meter = new RunMeter();
  private final Context taskContext;
  private final Context promptContext;
  private final TaskData<I, O> data;
  private final Predictors predictors;
  private final MiproV2Plan plan;
  private final long startNanos = System.nanoTime();

  MiproV2Run(
      OptimizationTask<I, O> task,
      MiproV2Settings settings,
      Context taskContext,
      Context promptContext) {
    this.task = task;
    this.settings = settings;
    this.taskContext = taskContext.withListener(meter);
    this.promptContext = promptContext.withListener(meter);
    this.data = data(task, settings);
    this.predictors = OptimizationTask.requirePredictors(task.student());
    this.plan = MiproV2Plan.of(task, data, settings);
  }

  static <I, O> TaskData<I, O> data(OptimizationTask<I, O> task, MiproV2Settings settings) {
    return TaskData.of(
        task, settings.valsetFraction(), settings.auto().maxValidationExamples(), settings.seed());
  }

  Optimized<I, O, MiproV2Report> run() {
    taskContext.emit(new OptimizerStarted(NAME, data.trainset().size(), data.valset().size()));
    taskContext.emit(new MiproV2Event.Planned(plan));
    try {
      return optimize();
    } catch (LmException.BudgetExhausted e) {
      throw failed(new LmException.BudgetExhausted(e.getMessage() + plan.nothingScored()));
    } catch (RuntimeException e) {
      throw failed(e);
    }
  }

  private RuntimeException failed(RuntimeException e) {
    taskContext.emit(new OptimizerFailed(NAME, e));
    return e;
  }

  private Optimized<I, O, MiproV2Report> optimize() {
    DemoSets demoSets =
        stage("bootstrap", taskContext, "record demos", this::bootstrap, DemoSets::toString);
    Grounding grounding =
        stage(
            "ground",
            promptContext,
            "summarize data, describe program",
            () -> ground(demoSets),
            Grounding::toString);
    InstructionStage writer = writer(grounding, demoSets);
    CandidateSpace space = propose(1, () -> firstCandidates(writer, demoSets));
    Outcome outcome = search(writer, space);
    MiproV2Report report =
        MiproV2Report.of(
            plan,
            demoSets,
            grounding,
            writer,
            outcome,
            meter,
            Duration.ofNanos(System.nanoTime() - startNanos));
    taskContext.emit(new OptimizerFinished(NAME, report));
    ProgramState best = outcome.space().state(report.best().configuration());
    return new Optimized<>(Compiled.of(task.student(), best, provenance(report)), report);
  }

  private Provenance provenance(MiproV2Report report) {
    return new Provenance(
        NAME,
        settings.toJson(),
        settings.seed(),
        List.of(
            report.baseline().measured("baseline on the validation set"),
            report.best().measured("best on the validation set")),
        Map.of("trainset", data.trainset().fingerprint(), "valset", data.valset().fingerprint()),
        Map.of(
            "task", taskContext.lm().id(),
            "prompt", promptContext.lm().id(),
            "teacher", task.teacher().modelId(taskContext)));
  }

  /** What the search brought. */
  record Outcome(
      CandidateSpace space,
      SearchRun run,
      List<TrialRecord> trials,
      ScoreTable scores,
      List<String> notes,
      @Nullable LmException end) {}

  /** Runs a stage in its context, with its events, and meters it, also when it fails. */
  private <T> T stage(
      String name, Context context, String aim, Supplier<T> work, Function<T, String> outcome) {
    SpendMeter own = new SpendMeter();
    context.emit(new StageStarted(NAME, name, aim));
    String detail = "failed";
    try {
      T result = context.withListener(own).call(work::get);
      detail = outcome.apply(result);
      return result;
    } catch (RuntimeException e) {
      detail = "stopped: " + e.getMessage();
      throw e;
    } finally {
      meter.closeStage(name, own.total());
      context.emit(new StageFinished(NAME, name, detail));
    }
  }

  private CandidateSpace propose(int round, Supplier<CandidateSpace> work) {
    return stage(
        "propose",
        promptContext,
        "write instructions, round %d of %d".formatted(round, settings.proposalRounds()),
        work,
        CandidateSpace::toString);
  }

  private DemoSets bootstrap() {
    return DemoSets.build(
        task.student(),
        task.teacher(),
        data.trainset(),
        task.metric(),
        settings.bootstrap(),
        Math.max(1, plan.demoSets()),
        settings.seed());
  }

  private Grounding ground(DemoSets demoSets) {
    if (plan.instructionCandidates() == 1) {
      return new Grounding("", "", List.of());
    }
    List<TraceStep> recorded =
        demoSets.traces().isEmpty() ? List.of() : demoSets.traces().get(0).steps();
    return proposer().ground(data.trainset(), recorded);
  }

  private GroundedProposer proposer() {
    return new GroundedProposer(settings.proposer(), predictors, settings.seed());
  }

  private InstructionStage writer(Grounding grounding, DemoSets demoSets) {
    return new InstructionStage(
        proposer(),
        new ProposalChooser(settings.proposer(), settings.seed()),
        grounding,
        demoSets.forProposer());
  }

  private CandidateSpace firstCandidates(InstructionStage writer, DemoSets demoSets) {
    Map<String, List<InstructionCandidate>> originals = new LinkedHashMap<>();
    predictors
        .byName()
        .forEach(
            (name, predict) ->
                originals.put(
                    name, List.of(InstructionCandidate.original(predict.state().instructions()))));
    CandidateSpace space =
        new CandidateSpace(originals, demoSets.byPredictor(), predictors.initialState());
    return withProposals(writer, space, 1, Map.of());
  }

  private CandidateSpace withProposals(
      InstructionStage writer,
      CandidateSpace space,
      int round,
      Map<String, List<ScoredInstruction>> history) {
    int count = plan.instructionCandidates() - 1;
    return count == 0
        ? space
        : space.withMoreInstructions(writer.propose(round, count, space.instructions(), history));
  }

  private Outcome search(InstructionStage writer, CandidateSpace first) {
    EvaluationSettings evaluation =
        EvaluationSettings.defaults()
            .withFailureScore(settings.failureScore())
            .withMemoize(settings.compileCache());
    EvaluationEngine<I, O> engine =
        new EvaluationEngine<>(task.student(), task.metric(), evaluation);
    SearchProblem problem = first.problem(data.strata());
    ScoreTable scores = new ScoreTable(problem);
    TrialLoop<I, O> loop =
        new TrialLoop<>(engine, data.valset().examples(), settings.failureScore(), scores);
    SearchRun run = start(problem);
    CandidateSpace space = first;
    LmException end = null;
    try {
      runRound(loop, run, space);
      for (int round = 2; round <= settings.proposalRounds() && !reachedTarget(run); round++) {
        space = nextCandidates(writer, space, round, run);
        run.extend(space.searchSpace(), trials(round));
        runRound(loop, run, space);
      }
    } catch (LmException e) {
      if (e instanceof LmException.Interrupted || run.bestSoFar().isEmpty()) {
        throw e;
      }
      end = e;
    }
    return new Outcome(
        space, run, loop.records(), scores, loop.notes(space, run.finishReason()), end);
  }

  private boolean reachedTarget(SearchRun run) {
    Double target = settings.targetScore();
    return target != null && run.best().filter(best -> best.scoreMean() >= target).isPresent();
  }

  private SearchRun start(SearchProblem problem) {
    SearchBudget budget =
        SearchBudget.ofTrials(trials(1))
            .minibatchSize(plan.minibatchSize())
            .fullEvaluationSteps(settings.fullEvaluationSteps())
            .fullEvaluationTop(settings.fullEvaluationTop())
            .trialsInFlight(settings.trialsInFlight())
            .targetScore(settings.targetScore())
            .patience(settings.patience());
    return settings.search().start(problem, budget, new RandomSource(settings.seed()).of("search"));
  }

  /** The trials of a round: an equal share of all, at least 1. */
  private int trials(int round) {
    int rounds = settings.proposalRounds();
    int share = plan.trials() / rounds + (round <= plan.trials() % rounds ? 1 : 0);
    return Math.max(1, share);
  }

  private void runRound(TrialLoop<I, O> loop, SearchRun run, CandidateSpace space) {
    stage(
        "search",
        taskContext,
        "find the best configuration",
        () -> {
          loop.run(run, space);
          return run.finishReason();
        },
        FinishReason::toString);
  }

  private CandidateSpace nextCandidates(
      InstructionStage writer, CandidateSpace space, int round, SearchRun run) {
    Map<String, List<ScoredInstruction>> history =
        new InstructionScores(space, run.summaries()).byPredictor();
    return propose(round, () -> withProposals(writer, space, round, history));
  }
}
