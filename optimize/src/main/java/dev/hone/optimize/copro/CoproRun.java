package dev.hone.optimize.copro;

import dev.hone.InvalidInputException;
import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.metric.Constraint;
import dev.hone.optimize.FinishReason;
import dev.hone.optimize.OptimizationPlan;
import dev.hone.optimize.OptimizationTask;
import dev.hone.optimize.Optimized;
import dev.hone.optimize.PlannedStage;
import dev.hone.optimize.StateScore;
import dev.hone.optimize.Verdict;
import dev.hone.optimize.run.CandidateState;
import dev.hone.optimize.run.FinalChoice;
import dev.hone.optimize.run.OptimizedBuilder;
import dev.hone.optimize.run.OptimizerRun;
import dev.hone.optimize.run.PlannedCosts;
import dev.hone.optimize.run.ScoredState;
import dev.hone.optimize.run.StateEvaluator;
import dev.hone.optimize.run.StateEvaluator.Result;
import dev.hone.optimize.run.TaskData;
import dev.hone.optimize.run.TestsetCheck;
import dev.hone.optimize.task.ConflictingLabels;
import dev.hone.optimize.task.DemoLeakage;
import dev.hone.optimize.task.EarlyEnd;
import dev.hone.optimize.task.InstructionLeakage;
import dev.hone.optimize.task.ReportWording;
import dev.hone.optimize.task.UnusedParts;
import dev.hone.program.Predictors;
import dev.hone.program.ProgramState;
import dev.hone.text.Plural;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One run of COPRO, round by round. */
final class CoproRun<I, O> {
  private static final String NAME = Copro.NAME;

  private final OptimizationTask<I, O> task;
  private final Dataset<I, O> unseen;
  private final CoproSettings settings;
  private final Context taskContext = Context.current();
  private final Context promptContext;
  private final OptimizerRun run = OptimizerRun.of(NAME);
  private final StateEvaluator<I, O> evaluator;
  private final Predictors predictors;
  private final CoproProposals proposals;
  private final List<CoproAttempt> attempts = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private ProgramState best;
  private List<Constraint.Check> constraints = List.of();
  private boolean degraded;

  CoproRun(OptimizationTask<I, O> task, CoproSettings settings, Context promptContext) {
    task.requireExamples();
    this.task = task;
    this.settings = settings;
    this.promptContext = promptContext;
    this.predictors = task.predictors();
    this.proposals = new CoproProposals(settings, predictors);
    this.unseen = DemoLeakage.unseen(task.student(), task.trainset());
    if (unseen.size() == 0) {
      throw InvalidInputException.of(
          "The demos of the student show all %d examples of the trainset, answers included, so there is none to choose by"
              .formatted(task.trainset().size()),
          "pass examples that they do not show");
    }
    this.evaluator =
        new StateEvaluator<>(run, task, unseen, settings.failureScore()).droppingDemos();
    this.best = predictors.initialState();
    noteTask();
  }

  private void noteTask() {
    problems.addAll(UnusedParts.valset(task, NAME + " chooses by the trainset"));
    problems.addAll(UnusedParts.teacher(task, NAME + " runs none"));
    problems.addAll(ConflictingLabels.note(task.trainset()));
    int shown = task.trainset().size() - unseen.size();
    if (shown > 0) {
      problems.add(
          "The demos of the student show %d of %d training examples, which are not evaluated on."
              .formatted(shown, task.trainset().size()));
    }
    TaskData.few(unseen.size(), "training example").ifPresent(problems::add);
  }

  OptimizationPlan plan() {
    long proposals =
        (long) predictors.byName().size() * ((long) settings.breadth() * settings.depth() - 1);
    int n = unseen.size();
    PlannedCosts costs = PlannedCosts.of(task.student(), unseen, taskContext);
    String examples = Plural.of(n, "example");
    String written =
        "%s x (breadth %d x depth %d - 1), each again up to twice"
            .formatted(
                Plural.of(costs.predictors(), "predictor"), settings.breadth(), settings.depth());
    long first = costs.predictors() * (settings.breadth() - 1L);
    String least = "the baseline and one full evaluation, 2 x %s".formatted(examples);
    PlannedStage both = costs.runs("least", least, 2L * n, 2L * n, 0);
    PlannedStage one = costs.proposals(PlannedStage.of("propose", written, 1, 1), promptContext, 0);
    OptimizationPlan.Builder plan =
        OptimizationPlan.builder(NAME)
            .stage(costs.runs("baseline", examples, n, n, 0))
            .stage(
                costs.proposals(
                    PlannedStage.of("propose", written, first, 3 * proposals),
                    promptContext,
                    settings.breadth()))
            .stage(
                costs.runs(
                    "evaluate",
                    "%s x up to %d instructions".formatted(examples, proposals),
                    0,
                    n * proposals,
                    0));
    return TestsetCheck.plan(plan, task, taskContext, 0)
        .least(PlannedCosts.least(both.formula() + ", and a proposal", List.of(both, one)))
        .trainExamples(task.trainset().size())
        .maxProgramRuns(unseen.size() * (1 + proposals) + TestsetCheck.mostRuns(task))
        .maxProposerCalls(3 * proposals)
        .temperature(taskContext.options().temperature())
        .notes(problems)
        .build();
  }

  Optimized<I, O, CoproReport> run() {
    plan().requireWithin(taskContext.budget());
    return run.call(task.trainset().size(), 0, this::optimize);
  }

  private Optimized<I, O, CoproReport> optimize() {
    CandidateState given = new CandidateState("as given", best);
    StateScore baseline = run.stage("baseline", "evaluate").call(() -> evaluator.evaluate(given));
    for (var state : best.byPredictor().entrySet()) {
      String original = state.getValue().instructions();
      attempts.add(new CoproAttempt(0, state.getKey(), original, Optional.of(baseline), false));
    }
    evaluator.unscored(best).ifPresent(why -> problems.add("The program as given: " + why));
    evaluator.failed(best).ifPresent(why -> problems.add("The program as given: " + why));
    Climb climb = chosen(climb(baseline));
    if (!best.equals(given.state())) {
      evaluator.failed(best).ifPresent(why -> problems.add("The best program: " + why));
    }
    problems.addAll(proposals.guarded());
    proposals.repeats().ifPresent(problems::add);
    proposals.replaced().ifPresent(problems::add);
    evaluator.alike().ifPresent(problems::add);
    problems.addAll(evaluator.callNotes());
    problems.addAll(0, proposals.failures());
    Optional<Verdict> verdict = evaluator.verdict(given.state(), best);
    best = evaluator.used(best);
    TestsetCheck confirmed = TestsetCheck.of(run, task, best, settings.failureScore(), verdict);
    problems.addAll(confirmed.notes());
    problems.addAll(InstructionLeakage.note(best, unseen, "training"));
    problems.addAll(run.judgeNotes(promptContext.lm().id()));
    return optimized(baseline, climb, confirmed);
  }

  /** The end of the climb, or where the metric has constraints what meets them. */
  private Climb chosen(Climb climb) {
    FinalChoice<ScoredState> choice =
        evaluator.choose(new ScoredState(new CandidateState("the best", best), climb.score()));
    best = choice.chosen().state();
    constraints = choice.checks();
    problems.addAll(choice.notes());
    return new Climb(choice.chosen().score(), climb.reason());
  }

  private Optimized<I, O, CoproReport> optimized(
      StateScore baseline, Climb climb, TestsetCheck confirmed) {
    CoproReport report =
        new CoproReport(
            attempts,
            degraded || !proposals.failures().isEmpty() || proposals.nothingNew(),
            run.figures()
                .baseline(baseline)
                .best(climb.score())
                .finishReason(climb.reason())
                .constraints(constraints)
                .verdict(confirmed.verdict())
                .notes(ReportWording.grouped(problems))
                .build());
    return new OptimizedBuilder<>(NAME, task, best, report)
        .settings(settings.toJson(), settings.seed())
        .scoredOn("trainset")
        .model("task", taskContext.lm().id())
        .model("prompt", promptContext.lm().id())
        .build();
  }

  /** How far the climb came, and whether it may go on. */
  private record Climb(StateScore score, FinishReason reason) {}

  private Climb climb(StateScore baseline) {
    Climb climb = new Climb(baseline, FinishReason.COMPLETED);
    for (int round = 1; round <= settings.depth(); round++) {
      int count = round == 1 ? settings.breadth() - 1 : settings.breadth();
      Map<String, List<String>> fresh;
      try {
        fresh =
            run.stage("propose", "round " + round)
                .in(promptContext)
                .call(() -> proposals.propose(count, attemptsByPredictor()));
      } catch (Throwable e) {
        return ended(climb.score(), EarlyEnd.of(e), " while proposing");
      }
      for (var entry : fresh.entrySet()) {
        climb = tryAll(round, entry.getKey(), entry.getValue(), climb.score());
        if (climb.reason() != FinishReason.COMPLETED) {
          return climb;
        }
      }
    }
    return climb;
  }

  /** Tries instructions for one predictor, and keeps the best if it is better than all before. */
  private Climb tryAll(int round, String predictor, List<String> instructions, StateScore before) {
    List<ProgramState> states =
        instructions.stream()
            .map(text -> best.with(predictor, best.of(predictor).withInstructions(text)))
            .toList();
    List<CandidateState> candidates = named(round, predictor, states);
    List<Result> results =
        run.stage("evaluate", "%d instructions for %s".formatted(states.size(), predictor))
            .call(() -> evaluator.evaluateAll(candidates));
    StateScore top = before;
    for (int i = 0; i < results.size(); i++) {
      boolean improved = false;
      if (results.get(i) instanceof Result.Evaluated evaluated) {
        improved = evaluated.score().beats(top);
        top = improved ? evaluated.score() : top;
        best = improved ? states.get(i) : best;
      }
      keep(round, predictor, instructions.get(i), results.get(i), improved);
      evaluator
          .unscored(states.get(i))
          .ifPresent(why -> problems.add("An instruction for %s: %s".formatted(predictor, why)));
    }
    StateScore reached = top;
    return StateEvaluator.end(results)
        .map(EarlyEnd::of)
        .map(end -> ended(reached, end, ""))
        .orElseGet(() -> new Climb(reached, FinishReason.COMPLETED));
  }

  private Climb ended(StateScore reached, EarlyEnd end, String where) {
    if (end.reason() != FinishReason.BUDGET_SPENT) {
      problems.add("The run ended before its time%s: %s".formatted(where, end.problem()));
    } else if (!where.isEmpty()) {
      problems.add("The budget was spent%s: %s".formatted(where, end.problem()));
    }
    degraded |= end.degrades();
    return new Climb(reached, end.reason());
  }

  private static List<CandidateState> named(
      int round, String predictor, List<ProgramState> states) {
    return states.stream()
        .map(
            state -> {
              String instruction = state.of(predictor).instructions();
              return new CandidateState(
                  "round %d, %s: %s".formatted(round, predictor, instruction), state);
            })
        .toList();
  }

  private void keep(
      int round, String predictor, String instruction, Result result, boolean improved) {
    Optional<StateScore> score = result.scoreIfAny();
    if (score.isEmpty()) {
      problems.add(
          "An instruction for %s was not scored: %s"
              .formatted(predictor, StateEvaluator.whyUnscored(result)));
    }
    attempts.add(new CoproAttempt(round, predictor, instruction, score, improved));
  }

  private Map<String, List<CoproAttempt>> attemptsByPredictor() {
    Map<String, List<CoproAttempt>> result = new LinkedHashMap<>();
    for (CoproAttempt attempt : attempts) {
      result.computeIfAbsent(attempt.predictor(), name -> new ArrayList<>()).add(attempt);
    }
    return result;
  }
}
