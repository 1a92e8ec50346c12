package dev.hone.optimize.search.schedule;

import dev.hone.InvalidInputException;
import dev.hone.optimize.FinishReason;
import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.ConfigurationSummary;
import dev.hone.optimize.search.Dimension;
import dev.hone.optimize.search.EvaluationRequest;
import dev.hone.optimize.search.EvaluationScores;
import dev.hone.optimize.search.Search;
import dev.hone.optimize.search.SearchBudget;
import dev.hone.optimize.search.SearchProblem;
import dev.hone.optimize.search.SearchRun;
import dev.hone.optimize.search.SearchSpace;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The schedule of every search that samples configurations one by one; see {@link Search}.
 *
 * <p>Scores that are missing: a trial with one is kept from the sampler, and its configuration may
 * be tried again; a full evaluation with one is asked for once more at once, and then given up.
 * Examples that the baseline has no score on after both attempts are left out of the whole run.
 *
 * <p>Candidates that arrive during the run: each is part of one of the next trials, as far as there
 * are trials; what goes with it is up to the sampler. Left to the sampler alone, many would never
 * be tried.
 */
public final class SampledRun implements SearchRun {
  private final SearchProblem problem;
  private final SearchBudget budget;
  private final Sampler guide;
  private final RandomGenerator minibatchRandom;
  private final RandomGenerator enumerationRandom;
  private final Ledger ledger;
  private final FullEvaluations fullEvaluations;
  private final List<String> notes = new ArrayList<>();

  private SearchSpace space;
  private int trialBudget;
  private Sampler sampler;
  private NewChoices newChoices;
  private @Nullable Minibatches minibatches;
  private List<EvaluationRequest> inFlight = List.of();
  private int asked;
  private int trialsTold;
  private int trialsSinceBetter;
  private FinishReason finishReason = FinishReason.RUNNING;

  public SampledRun(
      SearchProblem problem,
      SearchBudget budget,
      RandomGenerator random,
      Function<RandomGenerator, Sampler> guide) {
    this.problem = problem;
    this.budget = budget;
    this.guide = guide.apply(split(random));
    minibatchRandom = split(random);
    enumerationRandom = split(random);
    ledger = new Ledger(problem);
    fullEvaluations = new FullEvaluations(problem, budget, ledger);
    space = problem.space();
    trialBudget = budget.trials();
    sampler = chooseSampler(space, space.size() - 1);
    newChoices = NewChoices.none(space);
  }

  @Override
  public List<EvaluationRequest> ask() {
    if (!inFlight.isEmpty()) {
      throw new IllegalStateException("ask() again before tell() of the last ask");
    }
    if (finishReason == FinishReason.RUNNING) {
      inFlight = nextAsks();
      asked += inFlight.size();
    }
    return inFlight;
  }

  private List<EvaluationRequest> nextAsks() {
    List<EvaluationRequest> due = fullEvaluations.due(asked, trialsTold);
    if (targetReached()) {
      finishReason = FinishReason.TARGET_REACHED;
      return List.of();
    }
    if (!due.isEmpty()) {
      return due;
    }
    FinishReason reason = reasonToFinish();
    if (reason == FinishReason.RUNNING) {
      return trials();
    }
    List<EvaluationRequest> last = fullEvaluations.last(asked, trialsTold);
    if (last.isEmpty()) {
      finishReason = reason;
    }
    return last;
  }

  private boolean targetReached() {
    Double target = budget.targetScore();
    return target != null && best().filter(best -> best.scoreMean() >= target).isPresent();
  }

  private FinishReason reasonToFinish() {
    if (ledger.triedCount() >= space.size()) {
      return FinishReason.SPACE_EXHAUSTED;
    }
    if (trialsTold >= trialBudget) {
      return FinishReason.TRIALS_SPENT;
    }
    return budget.patience() > 0 && trialsSinceBetter >= budget.patience()
        ? FinishReason.NO_IMPROVEMENT
        : FinishReason.RUNNING;
  }

  private List<EvaluationRequest> trials() {
    long open = space.size() - ledger.triedCount();
    int wanted = Math.min(budget.trialsInFlight(), trialBudget - trialsTold);
    List<Observation> finished = ledger.observations();
    List<Integer> examples = trialExamples();
    EvaluationRequest.Kind kind =
        examples.size() < ledger.examples().size()
            ? EvaluationRequest.Kind.MINIBATCH
            : EvaluationRequest.Kind.FULL;
    Set<Configuration> pending = new LinkedHashSet<>();
    List<EvaluationRequest> trials = new ArrayList<>();
    while (trials.size() < wanted && pending.size() < open) {
      Sampler.Suggestion next =
          sampler.suggest(new SamplingState(space, finished, pending, ledger::tried));
      Configuration configuration = newChoices.dealtInto(next.configuration());
      pending.add(configuration);
      trials.add(
          new EvaluationRequest(
              asked + trials.size(), kind, configuration, examples, next.choice()));
    }
    return trials;
  }

  private List<Integer> trialExamples() {
    List<Integer> all = ledger.examples();
    Integer size = budget.minibatchSize();
    if (size == null || size >= all.size()) {
      return all;
    }
    if (minibatches == null) {
      minibatches = new Minibatches(all, problem.strata(), size, minibatchRandom);
    }
    return minibatches.next(ledger);
  }

  @Override
  public void tell(List<EvaluationScores> results) {
    if (!results.stream().map(EvaluationScores::ask).toList().equals(inFlight)) {
      throw new IllegalArgumentException("tell() takes a result per ask, in their order");
    }
    inFlight = List.of();
    for (EvaluationScores told : results) {
      ledger.take(told);
      if (!fullEvaluations.tookOne(told, notes)) {
        trialsTold++;
        trialsSinceBetter = ledger.leads(told.ask().configuration()) ? 0 : trialsSinceBetter + 1;
      }
    }
    noticeSaturation(results);
  }

  private void noticeSaturation(List<EvaluationScores> results) {
    double[] scores =
        results.stream()
            .filter(told -> told.ask().kind() == EvaluationRequest.Kind.MINIBATCH)
            .flatMap(told -> told.scores().stream())
            .flatMapToDouble(score -> score.stream())
            .distinct()
            .limit(2)
            .toArray();
    if (scores.length == 1 && minibatches != null) {
      boolean harder = minibatches.saturatedAt(scores[0]);
      notes.add(
          "Saturated minibatch at trial %d: every score was %s%s"
              .formatted(
                  results.get(0).ask().trial() + 1,
                  scores[0],
                  harder ? "; the next is drawn harder" : ""));
    }
  }

  @Override
  public void extend(SearchSpace space, int moreTrials) {
    requireLarger(space);
    if (moreTrials < 0) {
      throw InvalidInputException.of(
          "moreTrials (%d) is less than 0".formatted(moreTrials), "pass 0 to add none");
    }
    trialBudget += moreTrials;
    sampler = chooseSampler(space, space.size() - ledger.triedCount());
    newChoices = sampler == guide ? new NewChoices(this.space, space) : NewChoices.none(space);
    this.space = space;
    trialsSinceBetter = 0;
    fullEvaluations.reopen();
    finishReason = FinishReason.RUNNING;
  }

  private void requireLarger(SearchSpace larger) {
    List<Dimension> before = space.dimensions();
    List<Dimension> after = larger.dimensions();
    boolean grows = before.size() == after.size();
    for (int d = 0; grows && d < before.size(); d++) {
      grows =
          before.get(d).predictor().equals(after.get(d).predictor())
              && before.get(d).part() == after.get(d).part()
              && before.get(d).choices() <= after.get(d).choices();
    }
    if (!grows) {
      throw new IllegalArgumentException("the larger space has not the same dimensions in order");
    }
  }

  /** What fits into the rest of the budget is enumerated. */
  private Sampler chooseSampler(SearchSpace space, long open) {
    return open <= trialBudget - trialsTold
        ? new EnumeratingSampler(space, split(enumerationRandom))
        : guide;
  }

  @Override
  public Optional<ConfigurationSummary> best() {
    return ledger.best();
  }

  @Override
  public List<ConfigurationSummary> standings() {
    return ledger.standings();
  }

  @Override
  public FinishReason finishReason() {
    return finishReason;
  }

  @Override
  public List<String> notes() {
    return List.copyOf(notes);
  }

  private static RandomGenerator split(RandomGenerator random) {
    return random instanceof SplittableGenerator splittable
        ? splittable.split()
        : new SplittableRandom(random.nextLong());
  }
}
