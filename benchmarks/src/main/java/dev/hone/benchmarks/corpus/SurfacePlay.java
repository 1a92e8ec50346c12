package dev.hone.benchmarks.corpus;

import dev.hone.benchmarks.corpus.ImbalancedSurface.Case;
import dev.hone.benchmarks.corpus.ImbalancedSurface.Verdict;
import dev.hone.data.Example;
import dev.hone.metric.CorpusMetric;
import dev.hone.metric.Metric;
import dev.hone.optimize.run.FinalChoice;
import dev.hone.optimize.run.FinalChoice.Finalist;
import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.ConfigurationSummary;
import dev.hone.optimize.search.EvaluationRequest;
import dev.hone.optimize.search.EvaluationScores;
import dev.hone.optimize.search.Search;
import dev.hone.optimize.search.SearchBudget;
import dev.hone.optimize.search.SearchProblem;
import dev.hone.optimize.search.SearchRun;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;

/** Plays a search on a simulated surface to its end, by the schedule of preset MEDIUM. */
final class SurfacePlay {
  private static final int TRIALS = 18;
  private static final int MINIBATCH = 35;

  private final ImbalancedSurface surface;
  private final List<Example<Case, Verdict>> examples;
  private final Optional<CorpusMetric<Case, Verdict>> corpus;
  private final SearchRun run;
  private final Set<Object> paid = new HashSet<>();

  SurfacePlay(ImbalancedSurface surface, Metric<Case, Verdict> metric, Search search, long seed) {
    this.surface = surface;
    this.examples = surface.validation();
    this.corpus =
        metric instanceof CorpusMetric<Case, Verdict> ofSets
            ? Optional.of(ofSets)
            : Optional.empty();
    List<String> strata =
        examples.stream().map(example -> String.valueOf(example.expected().rare())).toList();
    SearchProblem problem = SearchProblem.of(surface.space(), surface.baseline(), strata);
    SearchBudget budget = SearchBudget.ofTrials(TRIALS).minibatchSize(MINIBATCH).trialsInFlight(2);
    this.run =
        search.start(
            corpus.map(it -> problem.objective(it.objective())).orElse(problem),
            budget,
            new SplittableRandom(seed));
  }

  SurfacePlay play() {
    for (List<EvaluationRequest> next = run.ask(); !next.isEmpty(); next = run.ask()) {
      run.tell(next.stream().map(this::evaluate).toList());
    }
    return this;
  }

  private EvaluationScores evaluate(EvaluationRequest request) {
    List<OptionalDouble> scores = new ArrayList<>();
    List<Optional<Object>> observations = new ArrayList<>();
    for (int index : request.examples()) {
      Example<Case, Verdict> example = examples.get(index);
      Verdict verdict = surface.verdict(request.configuration(), example);
      double score = verdict.equals(example.expected()) ? 1 : 0;
      scores.add(OptionalDouble.of(score));
      observations.add(corpus.map(it -> it.observation(example, verdict, score)));
      paid.add(List.of(request.configuration(), index));
    }
    return new EvaluationScores(request, scores, corpus.isPresent() ? observations : List.of());
  }

  /** The distinct pairs of configuration and example. */
  int calls() {
    return paid.size();
  }

  Configuration winner() {
    return run.best().orElseThrow().configuration();
  }

  /** What MIPROv2 makes of it under constraints. */
  FinalChoice<Configuration> choice() {
    ConfigurationSummary best = run.best().orElseThrow();
    List<ConfigurationSummary> bestFirst = new ArrayList<>(List.of(best));
    run.summaries().stream()
        .filter(each -> each.full() && !each.configuration().equals(best.configuration()))
        .forEach(bestFirst::add);
    return FinalChoice.of(
        bestFirst.stream().map(this::finalist).toList(),
        corpus,
        run.scores().configurations().size(),
        OptionalDouble.empty());
  }

  private Finalist<Configuration> finalist(ConfigurationSummary summary) {
    return new Finalist<>(
        summary.configuration(),
        summary.configuration().toString(),
        summary.scoreMean(),
        run.scores().observations(summary.configuration(), example -> true),
        OptionalDouble.empty());
  }
}
