package dev.hone.optimize.mipro;

import dev.hone.context.Context;
import dev.hone.evaluate.EvaluationEngine;
import dev.hone.evaluate.EvaluationFailedException;
import dev.hone.evaluate.EvaluationSettings;
import dev.hone.lm.LmException;
import dev.hone.metric.CorpusMetric;
import dev.hone.optimize.FinishReason;
import dev.hone.optimize.OptimizationTask;
import dev.hone.optimize.Optimized;
import dev.hone.optimize.bootstrap.DemoSets;
import dev.hone.optimize.bootstrap.TrainsetErrors;
import dev.hone.optimize.choice.Candidates;
import dev.hone.optimize.choice.ChoiceRules;
import dev.hone.optimize.choice.CommonExamples;
import dev.hone.optimize.choice.LastChoice;
import dev.hone.optimize.propose.InstructionGuard;
import dev.hone.optimize.propose.choose.ProposalLearning;
import dev.hone.optimize.run.EstimatedTokens;
import dev.hone.optimize.run.OptimizedBuilder;
import dev.hone.optimize.run.OptimizerRun;
import dev.hone.optimize.run.PromptTokens;
import dev.hone.optimize.run.ReturnReason;
import dev.hone.optimize.run.TaskData;
import dev.hone.optimize.run.TestsetCheck;
import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.ScoreTable;
import dev.hone.optimize.search.SearchBudget;
import dev.hone.optimize.search.SearchProblem;
import dev.hone.optimize.search.SearchRun;
import dev.hone.optimize.task.DemoFit;
import dev.hone.optimize.task.EarlyEnd;
import dev.hone.optimize.task.InstructionLeakage;
import dev.hone.optimize.task.ReadableReplies;
import dev.hone.program.Predictors;
import dev.hone.program.ProgramState;
import dev.hone.random.RandomSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** One run of MIPROv2, stage by stage. */
final class MiproV2Run<I, O> {
  static final String NAME = "MiproV2";

  private final OptimizationTask<I, O> task;
  private final MiproV2Settings settings;
  private final OptimizerRun run;
  private final Context taskContext;
  private final Context promptContext;
  private final TaskData<I, O> data;
  private final Predictors predictors;
  private final MiproV2Plan plan;
  private final ReadableReplies readable = new ReadableReplies();
  private final double tokensOfExample;
  private final DemoFit<I, O> fit;

  MiproV2Run(
      OptimizationTask<I, O> task,
      MiproV2Settings settings,
      Context taskContext,
      Context promptContext) {
    this.task = task;
    this.settings = settings;
    this.run = new OptimizerRun(NAME, taskContext);
    this.taskContext = taskContext;
    this.promptContext = promptContext;
    this.data = data(task, settings);
    this.predictors = task.predictors();
    this.plan = MiproV2Plan.of(task, data, settings, taskContext, promptContext);
    this.tokensOfExample = EstimatedTokens.ofExample(data.valset());
    this.fit = new DemoFit<>(engine(), predictors.initialState());
  }

  private EvaluationEngine<I, O> engine() {
    EvaluationSettings evaluation =
        EvaluationSettings.defaults()
            .withFailureScore(settings.failureScore())
            .withMaxErrors(settings.bootstrap().maxErrors())
            .withMemoize(settings.compileCache());
    return new EvaluationEngine<>(task.student(), task.metric(), evaluation);
  }

  static <I, O> TaskData<I, O> data(OptimizationTask<I, O> task, MiproV2Settings settings) {
    InstructionGuard.requireFound(task.predictors(), settings.proposer().wording().keep());
    MustPass.requireFitting(settings.mustPass(), task);
    return TaskData.of(
        task, settings.valsetFraction(), settings.maxValidationExamples(), settings.seed());
  }

  Optimized<I, O, MiproV2Report> run() {
    plan.requireWithin(taskContext.budget());
    return run.call(data.trainset().size(), data.valset().size(), this::planned);
  }

  private Optimized<I, O, MiproV2Report> planned() {
    Context scope = Context.current();
    scope.emit(new MiproV2Event.Planned(scope.span().stamp(), plan));
    try {
      return optimize();
    } catch (LmException.BudgetExhausted e) {
      throw new LmException.BudgetExhausted(e.getMessage() + plan.nothingScored());
    }
  }

  private Optimized<I, O, MiproV2Report> optimize() {
    ProposalLearning learning = ProposalLearning.of(settings.proposer(), promptContext.lm().id());
    DemoSets demoSets =
        run.stage("bootstrap", "record demos").call(this::bootstrap, DemoSets::toString);
    CandidateStages candidates =
        new CandidateStages(
            new CandidateStages.Setting(
                run,
                promptContext,
                settings,
                plan,
                predictors,
                learning,
                trainsetErrors(),
                fit::of),
            data.trainset(),
            demoSets);
    SearchOutcome outcome = search(candidates, candidates.first());
    ProgramState best = fit.of(outcome.space().state(outcome.choice().configuration()));
    TestsetCheck confirmed =
        TestsetCheck.of(run, task, best, settings.failureScore(), outcome.verdict());
    MiproV2Report report =
        outcome.report(
            plan,
            candidates,
            run.figures()
                .verdict(confirmed.verdict())
                .notes(confirmed.notes())
                .notes(InstructionLeakage.note(best, data.valset(), "validation"))
                .notes(run.judgeNotes(promptContext.lm().id())));
    return new OptimizedBuilder<>(NAME, task, best, report)
        .settings(settings.toJson(), settings.seed())
        .scoredOn("validation set")
        .data("trainset", data.trainset())
        .data("valset", data.valset())
        .model("task", taskContext.lm().id())
        .model("prompt", promptContext.lm().id())
        .model("teacher", task.teacher().modelId(taskContext))
        .build();
  }

  private TrainsetErrors<I, O> trainsetErrors() {
    return new TrainsetErrors<>(
        task.withTrainset(data.trainset()), settings.bootstrap(), settings.seed(), readable);
  }

  private DemoSets bootstrap() {
    return DemoSets.build(
        task.withTrainset(data.trainset()),
        settings.bootstrap(),
        Math.max(1, plan.demoSets()),
        settings.seed(),
        readable);
  }

  private SearchOutcome search(CandidateStages stages, CandidateSpace first) {
    List<CandidateSpace> spaces = new ArrayList<>(List.of(first));
    SearchProblem problem = problem(first, spaces);
    ScoreTable scores = new ScoreTable(problem);
    TrialLoop<I, O> loop = new TrialLoop<>(fit, data.valset().examples(), scores, readable);
    SearchRun search = start(problem);
    EarlyEnd end = null;
    try {
      runRound(loop, search, spaces, stages);
      for (int round = 2; round <= settings.proposalRounds() && !reachedTarget(search); round++) {
        spaces.add(stages.next(last(spaces), round, search));
        search.extend(last(spaces).searchSpace(), trials(round));
        runRound(loop, search, spaces, stages);
      }
    } catch (Throwable e) {
      if (search.bestSoFar().isEmpty()) {
        throw e;
      }
      end =
          e instanceof EvaluationFailedException errors
              ? EarlyEnd.ofErrors(errors)
              : EarlyEnd.of(e);
    }
    CandidateSpace space = last(spaces);
    List<String> notes = new ArrayList<>(loop.notes(space, search.finishReason()));
    stages.learn(scores, space).ifPresent(notes::add);
    Candidates candidates = candidates(search, space, scores, loop.promptTokens());
    MustPass<I, O> gate = new MustPass<>(fit, space, settings, data.valset().examples());
    LastChoice choice;
    try {
      choice = gated(gate, candidates);
    } catch (Throwable e) {
      end = end == null ? EarlyEnd.of(e) : end;
      choice = candidates.unchosen(ReturnReason.MUST_PASS);
      notes.add("The must-pass examples could not be tried, so the program as given is returned.");
    }
    notes.addAll(gate.notes());
    return new SearchOutcome(
        space, settings.search().name(), candidates, loop.records(), choice, notes, end);
  }

  private Candidates candidates(
      SearchRun search, CandidateSpace space, ScoreTable scores, PromptTokens tokens) {
    return new Candidates(
        search,
        space.baseline(),
        space::name,
        new CommonExamples(scores, corpusMetric()),
        tokens::mean,
        each -> space.tokensPerRun(each, tokensOfExample),
        new ChoiceRules(settings.cheapestWithin(), settings.keepBaselineUnless()));
  }

  private LastChoice gated(MustPass<I, O> gate, Candidates candidates) {
    return settings.mustPass() == null
        ? gate.winner(candidates)
        : run.stage("mustPass", "try the best on must-pass examples")
            .call(() -> gate.winner(candidates));
  }

  private Optional<CorpusMetric<I, O>> corpusMetric() {
    return task.metric() instanceof CorpusMetric<I, O> corpus
        ? Optional.of(corpus)
        : Optional.empty();
  }

  /**
   * The problem of the first candidates; what a run costs is asked of the latest of all spaces,
   * once for each configuration, since candidates are only added.
   */
  private SearchProblem problem(CandidateSpace first, List<CandidateSpace> spaces) {
    Map<Configuration, Double> tokens = new ConcurrentHashMap<>();
    SearchProblem problem =
        SearchProblem.of(first.searchSpace(), first.baseline(), data.strata())
            .tokensPerRun(
                configuration ->
                    tokens.computeIfAbsent(
                        configuration, each -> last(spaces).tokensPerRun(each, tokensOfExample)));
    return corpusMetric().map(metric -> problem.objective(metric.objective())).orElse(problem);
  }

  private boolean reachedTarget(SearchRun search) {
    OptionalDouble target = settings.targetScore();
    return target.isPresent()
        && search
            .best()
            .filter(best -> best.full() && best.scoreMean() >= target.getAsDouble())
            .isPresent();
  }

  private SearchRun start(SearchProblem problem) {
    SearchBudget budget = settings.budget(task, trials(1), plan.minibatchSize());
    return settings.search().start(problem, budget, new RandomSource(settings.seed()).of("search"));
  }

  /** The trials of a round: an equal share of all, at least 1. */
  private int trials(int round) {
    int rounds = settings.proposalRounds();
    int share = plan.trials() / rounds + (round <= plan.trials() % rounds ? 1 : 0);
    return Math.max(1, share);
  }

  private static CandidateSpace last(List<CandidateSpace> spaces) {
    return spaces.get(spaces.size() - 1);
  }

  /** Searches; after the first evaluations, proposals that are owed are made and join in. */
  private void runRound(
      TrialLoop<I, O> loop, SearchRun search, List<CandidateSpace> spaces, CandidateStages stages) {
    boolean joins = settings.search().extensible() && stages.owes();
    runStage(loop, search, last(spaces), () -> joins);
    if (joins) {
      CandidateSpace more = stages.withOwedLater(last(spaces));
      if (!more.equals(last(spaces))) {
        spaces.add(more);
        search.extend(more.searchSpace(), 0);
      }
      runStage(loop, search, last(spaces), () -> false);
    }
  }

  private void runStage(
      TrialLoop<I, O> loop, SearchRun search, CandidateSpace space, BooleanSupplier pause) {
    run.stage("search", "find the best configuration")
        .call(
            () -> {
              loop.run(search, space, pause);
              return search.finishReason();
            },
            FinishReason::toString);
  }
}
