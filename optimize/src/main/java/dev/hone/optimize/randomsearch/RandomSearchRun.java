package dev.hone.optimize.randomsearch;

import dev.hone.compiled.Compiled;
import dev.hone.compiled.Provenance;
import dev.hone.context.Context;
import dev.hone.lm.LmException;
import dev.hone.optimize.FinishReason;
import dev.hone.optimize.OptimizationTask;
import dev.hone.optimize.Optimized;
import dev.hone.optimize.OptimizerEvent.CandidateEvaluated;
import dev.hone.optimize.OptimizerEvent.OptimizerFinished;
import dev.hone.optimize.OptimizerEvent.OptimizerStarted;
import dev.hone.optimize.bootstrap.Bootstrapper;
import dev.hone.optimize.candidate.BootstrapReport;
import dev.hone.optimize.candidate.DemoCandidate.Origin;
import dev.hone.optimize.randomsearch.BootstrapRandomSearchReport.Scored;
import dev.hone.optimize.run.Stages;
import dev.hone.optimize.run.StateEvaluator;
import dev.hone.optimize.run.StateEvaluator.Result;
import dev.hone.optimize.task.ReportWording;
import dev.hone.optimize.task.TaskData;
import dev.hone.program.Predictors;
import dev.hone.text.Plural;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One random search over demos: the baseline, then the candidates, some at a time. */
final class RandomSearchRun<I, O> {
  private static final String NAME = BootstrapFewShotWithRandomSearch.NAME;

  private final OptimizationTask<I, O> task;
  private final BootstrapRandomSearchSettings settings;
  private final Context context = Context.current();
  private final Stages stages = new Stages(NAME);
  private final TaskData<I, O> data;
  private final StateEvaluator<I, O> evaluator;
  private final List<Scored> scored = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final Map<Problem, List<String>> candidatesByProblem = new LinkedHashMap<>();
  private final long startNanos = System.nanoTime();
  private Optional<BootstrapReport> bootstrapped = Optional.empty();

  /** What was wrong with candidates, which may have a score nevertheless. */
  private record Problem(boolean scored, String why) {
    String of(List<String> labels) {
      boolean one = labels.size() == 1;
      String lack = scored ? "" : one ? " was not scored" : " were not scored";
      return "The candidate%s %s%s: %s"
          .formatted(one ? "" : "s", String.join(", ", labels), lack, why);
    }
  }

  RandomSearchRun(OptimizationTask<I, O> task, BootstrapRandomSearchSettings settings) {
    Bootstrapper.requireModel();
    this.task = task;
    this.settings = settings;
    this.data = TaskData.of(task, settings.valsetFraction(), Integer.MAX_VALUE, settings.seed());
    OptimizationTask.requirePredictors(task.student());
    task.teacher().programFor(task.student());
    this.evaluator =
        new StateEvaluator<>(
            task.student(), task.metric(), data.valset().examples(), settings.failureScore());
  }

  Optimized<I, O, BootstrapRandomSearchReport> run() {
    context.emit(new OptimizerStarted(NAME, data.trainset().size(), data.valset().size()));
    return stages.runAll(context, this::optimize);
  }

  private Optimized<I, O, BootstrapRandomSearchReport> optimize() {
    problems.addAll(data.notes());
    CandidateProgram baseline =
        new CandidateProgram(null, Origin.STUDENT, Predictors.of(task.student()).initialState());
    keep(
        baseline,
        new Result.Evaluated(
            stages.run(
                "baseline", "evaluate", context, () -> evaluator.evaluate(baseline.state()))));
    FinishReason reason = reached() ? FinishReason.TARGET_REACHED : search();
    candidatesByProblem.forEach((what, labels) -> problems.add(what.of(labels)));
    BootstrapRandomSearchReport report =
        new BootstrapRandomSearchReport(
            scored,
            best(),
            bootstrapped,
            stages.spendByStage(),
            Duration.ofNanos(System.nanoTime() - startNanos),
            reason,
            ReportWording.grouped(problems));
    context.emit(new OptimizerFinished(NAME, report));
    return new Optimized<>(
        Compiled.of(task.student(), report.best().candidate().state(), provenance(report)), report);
  }

  private FinishReason search() {
    try {
      List<CandidateProgram> candidates =
          stages.run("bootstrap", "make the candidates", context, this::candidates);
      return stages.run(
          "evaluate", candidates.size() + " candidates", context, () -> evaluate(candidates));
    } catch (LmException.BudgetExhausted e) {
      problems.add("The budget was spent while bootstrapping: " + e.getMessage());
      return FinishReason.BUDGET_SPENT;
    }
  }

  private List<CandidateProgram> candidates() {
    Bootstrapper<I, O> bootstrapper =
        new Bootstrapper<>(
            task.student(),
            task.teacher(),
            data.trainset(),
            task.metric(),
            settings.bootstrap(),
            settings.seed());
    RandomSearchCandidates<I, O> maker =
        new RandomSearchCandidates<>(
            settings, Predictors.of(task.student()), data.trainset(), bootstrapper);
    List<CandidateProgram> candidates = maker.build();
    Map<String, Integer> most = new LinkedHashMap<>();
    candidates.forEach(
        c -> c.demosByPredictor().forEach((name, n) -> most.merge(name, n, Math::max)));
    BootstrapReport report = bootstrapper.report(most);
    bootstrapped = report.tried() == 0 ? Optional.empty() : Optional.of(report);
    bootstrapped.ifPresent(b -> problems.addAll(b.warnings()));
    if (maker.equal() > 0) {
      problems.add(
          "%s the demos of another one and %s not evaluated again."
              .formatted(
                  Plural.of(maker.equal(), "candidate") + (maker.equal() == 1 ? " has" : " have"),
                  maker.equal() == 1 ? "was" : "were"));
    }
    return candidates;
  }

  private FinishReason evaluate(List<CandidateProgram> candidates) {
    int step = settings.candidatesInFlight();
    for (int from = 0; from < candidates.size(); from += step) {
      List<CandidateProgram> batch =
          candidates.subList(from, Math.min(from + step, candidates.size()));
      List<Result> results =
          evaluator.evaluateAll(batch.stream().map(CandidateProgram::state).toList());
      for (int i = 0; i < batch.size(); i++) {
        keep(batch.get(i), results.get(i));
      }
      if (results.stream().anyMatch(Result.BudgetSpent.class::isInstance)) {
        return FinishReason.BUDGET_SPENT;
      }
      if (reached()) {
        return FinishReason.TARGET_REACHED;
      }
    }
    return FinishReason.COMPLETED;
  }

  private void keep(CandidateProgram candidate, Result result) {
    if (result instanceof Result.Evaluated evaluated) {
      scored.add(new Scored(candidate, Optional.of(evaluated.score())));
      evaluator
          .unscored(candidate.state())
          .ifPresent(why -> note(candidate, new Problem(true, why)));
      context.emit(new CandidateEvaluated(NAME, candidate.label(), evaluated.score()));
      return;
    }
    scored.add(new Scored(candidate, Optional.empty()));
    String why =
        result instanceof Result.Failed failed ? failed.problem() : "the budget was spent.";
    note(candidate, new Problem(false, why));
  }

  /** Many candidates fail for one reason, which is said once. */
  private void note(CandidateProgram candidate, Problem problem) {
    candidatesByProblem.computeIfAbsent(problem, p -> new ArrayList<>()).add(candidate.label());
  }

  private boolean reached() {
    Double target = settings.stopAtScore();
    return target != null && best().score().orElseThrow().scoreMean() >= target;
  }

  private Scored best() {
    Scored best = scored.get(0);
    for (Scored other : scored) {
      best = other.beats(best) ? other : best;
    }
    return best;
  }

  private Provenance provenance(BootstrapRandomSearchReport report) {
    return new Provenance(
        NAME,
        settings.toJson(),
        settings.seed(),
        List.of(
            report.baseline().measured("baseline on the validation set"),
            report.best().score().orElseThrow().measured("best on the validation set")),
        Map.of("trainset", data.trainset().fingerprint(), "valset", data.valset().fingerprint()),
        Map.of("task", context.lm().id(), "teacher", task.teacher().modelId(context)));
  }
}
