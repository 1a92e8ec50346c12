package dev.hone.optimize.copro;

import dev.hone.InvalidInputException;
import dev.hone.compiled.Compiled;
import dev.hone.compiled.Provenance;
import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.lm.LmException;
import dev.hone.metric.Metric;
import dev.hone.optimize.FinishReason;
import dev.hone.optimize.OptimizationTask;
import dev.hone.optimize.Optimized;
import dev.hone.optimize.OptimizerEvent.CandidateEvaluated;
import dev.hone.optimize.OptimizerEvent.OptimizerFinished;
import dev.hone.optimize.OptimizerEvent.OptimizerStarted;
import dev.hone.optimize.StateScore;
import dev.hone.optimize.run.Stages;
import dev.hone.optimize.run.StateEvaluator;
import dev.hone.optimize.run.StateEvaluator.Result;
import dev.hone.optimize.task.DemoLeakage;
import dev.hone.optimize.task.ReportWording;
import dev.hone.optimize.task.TaskData;
import dev.hone.program.Predictors;
import dev.hone.program.Program;
import dev.hone.program.ProgramState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One run of COPRO, round by round. */
final class CoproRun<I, O> {
  private static final String NAME = Copro.NAME;

  private final Program<I, O> student;
  private final Dataset<I, O> trainset;
  private final Dataset<I, O> unseen;
  private final CoproSettings settings;
  private final Context taskContext = Context.current();
  private final Context promptContext;
  private final Stages stages = new Stages(NAME);
  private final StateEvaluator<I, O> evaluator;
  private final Predictors predictors;
  private final CoproProposals proposals;
  private final List<CoproAttempt> attempts = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final long startNanos = System.nanoTime();
  private ProgramState best;

  CoproRun(
      Program<I, O> student,
      Dataset<I, O> trainset,
      Metric<I, O> metric,
      CoproSettings settings,
      Context promptContext) {
    OptimizationTask.requireArgument(student, "student");
    OptimizationTask.requireArgument(trainset, "trainset");
    OptimizationTask.requireArgument(metric, "metric");
    if (trainset.size() == 0) {
      throw InvalidInputException.of("The trainset is empty", "check the file it comes from");
    }
    this.student = student;
    this.trainset = trainset;
    this.settings = settings;
    this.promptContext = promptContext;
    this.predictors = OptimizationTask.requirePredictors(student);
    this.proposals = new CoproProposals(settings, predictors);
    this.unseen = DemoLeakage.unseen(student, trainset);
    if (unseen.size() == 0) {
      throw InvalidInputException.of(
          "The demos of the student show all %d examples of the trainset, answers included, so there is none to choose by"
              .formatted(trainset.size()),
          "pass examples that they do not show");
    }
    this.evaluator =
        new StateEvaluator<>(student, metric, unseen.examples(), settings.failureScore());
    this.best = predictors.initialState();
  }

  Optimized<I, O, CoproReport> run() {
    taskContext.emit(new OptimizerStarted(NAME, trainset.size(), 0));
    return stages.runAll(taskContext, this::optimize);
  }

  private Optimized<I, O, CoproReport> optimize() {
    StateScore baseline =
        stages.run("baseline", "evaluate", taskContext, () -> evaluator.evaluate(best));
    taskContext.emit(new CandidateEvaluated(NAME, "as given", baseline));
    for (var state : best.byPredictor().entrySet()) {
      String original = state.getValue().instructions();
      attempts.add(new CoproAttempt(0, state.getKey(), original, Optional.of(baseline), false));
    }
    if (unseen.size() < trainset.size()) {
      problems.add(
          "The demos of the student show %d of %d training examples, which are not evaluated on."
              .formatted(trainset.size() - unseen.size(), trainset.size()));
    }
    TaskData.few(unseen.size(), "training example").ifPresent(problems::add);
    evaluator.unscored(best).ifPresent(why -> problems.add("The program as given: " + why));
    evaluator.failed(best).ifPresent(why -> problems.add("The program as given: " + why));
    ProgramState given = best;
    Climb climb = climb(baseline);
    if (!best.equals(given)) {
      evaluator.failed(best).ifPresent(why -> problems.add("The best program: " + why));
    }
    proposals.repeats().ifPresent(problems::add);
    problems.addAll(0, proposals.failures());
    CoproReport report =
        new CoproReport(
            baseline,
            climb.score(),
            attempts,
            stages.spendByStage(),
            stages.spendByModel(),
            Duration.ofNanos(System.nanoTime() - startNanos),
            climb.reason(),
            !proposals.failures().isEmpty() || proposals.nothingNew(),
            ReportWording.grouped(problems));
    taskContext.emit(new OptimizerFinished(NAME, report));
    return new Optimized<>(Compiled.of(student, best, provenance(report)), report);
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
            stages.run(
                "propose",
                "round " + round,
                promptContext,
                () -> proposals.propose(count, attemptsByPredictor()));
      } catch (LmException.BudgetExhausted e) {
        problems.add("The budget was spent while proposing: " + e.getMessage());
        return new Climb(climb.score(), FinishReason.BUDGET_SPENT);
      }
      for (var entry : fresh.entrySet()) {
        climb = tryAll(round, entry.getKey(), entry.getValue(), climb.score());
        if (climb.reason() == FinishReason.BUDGET_SPENT) {
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
    List<Result> results =
        stages.run(
            "evaluate",
            "%d instructions for %s".formatted(states.size(), predictor),
            taskContext,
            () -> evaluator.evaluateAll(states));
    StateScore top = before;
    FinishReason reason = FinishReason.COMPLETED;
    for (int i = 0; i < results.size(); i++) {
      boolean improved = false;
      if (results.get(i) instanceof Result.Evaluated evaluated) {
        improved = evaluated.score().beats(top);
        top = improved ? evaluated.score() : top;
        best = improved ? states.get(i) : best;
      } else if (results.get(i) instanceof Result.BudgetSpent) {
        reason = FinishReason.BUDGET_SPENT;
      }
      keep(round, predictor, instructions.get(i), results.get(i), improved);
      evaluator
          .unscored(states.get(i))
          .ifPresent(why -> problems.add("An instruction for %s: %s".formatted(predictor, why)));
    }
    return new Climb(top, reason);
  }

  private void keep(
      int round, String predictor, String instruction, Result result, boolean improved) {
    Optional<StateScore> score = Optional.empty();
    if (result instanceof Result.Evaluated evaluated) {
      score = Optional.of(evaluated.score());
      String label = "round %d, %s: %s".formatted(round, predictor, instruction);
      taskContext.emit(new CandidateEvaluated(NAME, label, evaluated.score()));
    } else {
      String why =
          result instanceof Result.Failed failed ? failed.problem() : "the budget was spent.";
      problems.add("An instruction for %s was not scored: %s".formatted(predictor, why));
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

  private Provenance provenance(CoproReport report) {
    return new Provenance(
        NAME,
        settings.toJson(),
        settings.seed(),
        List.of(
            report.baseline().measured("baseline on the trainset"),
            report.best().measured("best on the trainset")),
        Map.of("trainset", trainset.fingerprint()),
        Map.of("task", taskContext.lm().id(), "prompt", promptContext.lm().id()));
  }
}
