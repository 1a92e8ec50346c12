package dev.hone.optimize.randomsearch;

import dev.hone.context.Context;
import dev.hone.metric.Constraint;
import dev.hone.optimize.FinishReason;
import dev.hone.optimize.OptimizationPlan;
import dev.hone.optimize.OptimizationTask;
import dev.hone.optimize.Optimized;
import dev.hone.optimize.StateScore;
import dev.hone.optimize.bootstrap.Bootstrapper;
import dev.hone.optimize.bootstrap.DemoCounts;
import dev.hone.optimize.bootstrap.TeacherRuns;
import dev.hone.optimize.candidate.BootstrapReport;
import dev.hone.optimize.candidate.DemoCandidate.Origin;
import dev.hone.optimize.randomsearch.BootstrapRandomSearchReport.Scored;
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
import dev.hone.optimize.task.EarlyEnd;
import dev.hone.optimize.task.ReportWording;
import dev.hone.optimize.task.UnusedParts;
import dev.hone.program.ProgramState;
import dev.hone.text.Plural;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** One random search over demos: the baseline, then the candidates, some at a time. */
final class RandomSearchRun<I, O> {
  private static final String NAME = BootstrapFewShotWithRandomSearch.NAME;

  private final OptimizationTask<I, O> task;
  private final BootstrapRandomSearchSettings settings;
  private final Context context = Context.current();
  private final OptimizerRun run;
  private final TaskData<I, O> data;
  private final StateEvaluator<I, O> evaluator;
  private final List<Scored> scored = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final Map<Problem, List<String>> candidatesByProblem = new LinkedHashMap<>();
  private Optional<BootstrapReport> bootstrapped = Optional.empty();
  private List<Constraint.Check> constraints = List.of();

  /** What was wrong with candidates, which may still have a score. */
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
    settings.requireConsistent();
    this.task = task;
    this.settings = settings;
    this.data = TaskData.of(task, settings.valsetFraction(), settings.seed());
    task.predictors();
    task.teacher().programFor(task.student());
    this.run = OptimizerRun.of(NAME);
    this.evaluator =
        new StateEvaluator<>(run, task, data.valset(), settings.failureScore()).droppingDemos();
    problems.addAll(data.notes());
    problems.addAll(ConflictingLabels.note(task.trainset()));
    problems.addAll(UnusedParts.settings(settings.idleRuns(), "maxBootstrappedDemos is 0"));
    settings.idleSample().ifPresent(problems::add);
    settings.bootstrap().labelsNeverAdded().ifPresent(problems::add);
    if (task.valset().isPresent() && settings.setsValsetFraction()) {
      problems.add("valsetFraction has no effect, since there is a valset.");
    }
  }

  OptimizationPlan plan() {
    int bootstrapped = settings.bootstrap().maxBootstrappedDemos();
    long runs =
        bootstrapped == 0 ? 0 : (long) data.trainset().size() * settings.bootstrap().maxRounds();
    long candidates = 4L + settings.shuffledCandidates();
    int n = data.valset().size();
    PlannedCosts costs = PlannedCosts.of(task.student(), data.valset(), context);
    OptimizationPlan.Builder plan =
        OptimizationPlan.builder(NAME)
            .stage(costs.runs("baseline", Plural.of(n, "validation example"), n, n, 0));
    if (bootstrapped > 0) {
      boolean certain = settings.stopAtScore().isEmpty() && settings.restrict().isEmpty();
      plan.stage(
          new TeacherRuns(task.withTrainset(data.trainset()), settings.bootstrap())
              .stage(bootstrapped, certain));
    }
    String trials =
        "%s x up to %d candidates".formatted(Plural.of(n, "validation example"), candidates - 1);
    String least = "the baseline and one full evaluation, 2 x %d examples".formatted(n);
    plan.stage(costs.runs("evaluate", trials, 0, (candidates - 1) * n, mostDemos()));
    return TestsetCheck.plan(plan, task, context, mostDemos())
        .least(costs.runs("least", least, 2L * n, 2L * n, 0))
        .trainExamples(data.trainset().size())
        .validationExamples(data.valset().size())
        .maxProgramRuns(candidates * data.valset().size() + runs + TestsetCheck.mostRuns(task))
        .maxProposerCalls(0)
        .temperature(context.options().temperature())
        .notes(problems)
        .build();
  }

  private int mostDemos() {
    return settings.bootstrap().maxBootstrappedDemos() + settings.bootstrap().maxLabeledDemos();
  }

  Optimized<I, O, BootstrapRandomSearchReport> run() {
    plan().requireWithin(context.budget());
    return run.call(data.trainset().size(), data.valset().size(), this::optimize);
  }

  private Optimized<I, O, BootstrapRandomSearchReport> optimize() {
    CandidateProgram baseline =
        new CandidateProgram(null, Origin.STUDENT, task.predictors().initialState());
    StateScore given =
        run.stage("baseline", "evaluate").call(() -> evaluator.evaluate(baseline.named()));
    keep(baseline, new Result.Evaluated(given));
    FinishReason reason = reached() ? FinishReason.TARGET_REACHED : search();
    candidatesByProblem.forEach((what, labels) -> problems.add(what.of(labels)));
    evaluator.alike().ifPresent(problems::add);
    problems.addAll(evaluator.callNotes());
    Scored chosen = chosen(best());
    Scored best = chosen.as(evaluator.used(chosen.candidate().state()));
    TestsetCheck confirmed = confirmed(baseline.state(), chosen.candidate().state());
    problems.addAll(confirmed.notes());
    BootstrapRandomSearchReport report =
        new BootstrapRandomSearchReport(
            scored,
            best,
            bootstrapped,
            run.figures()
                .baseline(given)
                .best(best.score().orElseThrow())
                .finishReason(reason)
                .constraints(constraints)
                .verdict(confirmed.verdict())
                .notes(ReportWording.grouped(problems))
                .build());
    return new OptimizedBuilder<>(NAME, task, best.candidate().state(), report)
        .settings(settings.toJson(), settings.seed())
        .scoredOn("validation set")
        .data("trainset", data.trainset())
        .data("valset", data.valset())
        .model("task", context.lm().id())
        .model("teacher", task.teacher().modelId(context))
        .build();
  }

  private TestsetCheck confirmed(ProgramState given, ProgramState best) {
    return TestsetCheck.of(
        run, task, evaluator.used(best), settings.failureScore(), evaluator.verdict(given, best));
  }

  /** The best, or where the metric has constraints what meets them. */
  private Scored chosen(Scored best) {
    FinalChoice<ScoredState> choice =
        evaluator.choose(new ScoredState(best.candidate().named(), best.score().orElseThrow()));
    constraints = choice.checks();
    problems.addAll(choice.notes());
    return scored.stream()
        .filter(each -> each.candidate().state().equals(choice.chosen().state()))
        .findFirst()
        .orElse(best);
  }

  private FinishReason search() {
    try {
      List<CandidateProgram> candidates =
          run.stage("bootstrap", "make the candidates").call(this::candidates);
      return run.stage("evaluate", candidates.size() + " candidates")
          .call(() -> evaluate(candidates));
    } catch (Throwable e) {
      EarlyEnd end = EarlyEnd.of(e);
      problems.add(
          end.reason() == FinishReason.BUDGET_SPENT
              ? "The budget was spent while bootstrapping: " + end.problem()
              : "The run ended before its time: " + end.problem());
      return end.reason();
    }
  }

  private List<CandidateProgram> candidates() {
    Bootstrapper<I, O> bootstrapper =
        new Bootstrapper<>(
            task.withTrainset(data.trainset()), settings.bootstrap(), settings.seed());
    RandomSearchCandidates<I, O> maker =
        new RandomSearchCandidates<>(settings, task.predictors(), data.trainset(), bootstrapper);
    List<CandidateProgram> candidates = maker.build();
    DemoCounts most = new DemoCounts();
    candidates.forEach(candidate -> most.take(candidate.state()));
    BootstrapReport report = bootstrapper.report(most);
    bootstrapped = report.tried() == 0 ? Optional.empty() : Optional.of(report);
    bootstrapped.ifPresent(b -> problems.addAll(b.notes()));
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
          evaluator.evaluateAll(batch.stream().map(CandidateProgram::named).toList());
      for (int i = 0; i < batch.size(); i++) {
        keep(batch.get(i), results.get(i));
      }
      Optional<EarlyEnd> end = StateEvaluator.end(results).map(EarlyEnd::of);
      if (end.isPresent()) {
        return ended(end.get());
      }
      if (reached()) {
        return FinishReason.TARGET_REACHED;
      }
    }
    return FinishReason.COMPLETED;
  }

  private FinishReason ended(EarlyEnd end) {
    if (end.reason() != FinishReason.BUDGET_SPENT) {
      problems.add("The run ended before its time: " + end.problem());
    }
    return end.reason();
  }

  private void keep(CandidateProgram candidate, Result result) {
    if (result instanceof Result.Evaluated evaluated) {
      scored.add(new Scored(candidate, Optional.of(evaluated.score())));
      evaluator
          .unscored(candidate.state())
          .ifPresent(why -> note(candidate, new Problem(true, why)));
      return;
    }
    scored.add(new Scored(candidate, Optional.empty()));
    String why = StateEvaluator.whyUnscored(result);
    note(candidate, new Problem(false, why));
  }

  /** Many candidates fail for one reason, which is said once. */
  private void note(CandidateProgram candidate, Problem problem) {
    candidatesByProblem.computeIfAbsent(problem, p -> new ArrayList<>()).add(candidate.label());
  }

  private boolean reached() {
    OptionalDouble target = settings.stopAtScore();
    StateScore best = best().score().orElseThrow();
    return target.isPresent() && best.scoreMean() - best.penalty() >= target.getAsDouble();
  }

  private Scored best() {
    Scored best = scored.get(0);
    for (Scored other : scored) {
      best = other.beats(best) ? other : best;
    }
    return best;
  }
}
