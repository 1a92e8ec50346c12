package dev.hone.optimize.search.schedule;

import dev.hone.SettingCheck;
import dev.hone.optimize.FinishReason;
import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.ConfigurationSummary;
import dev.hone.optimize.search.Dimension;
import dev.hone.optimize.search.EvaluationRequest;
import dev.hone.optimize.search.EvaluationScores;
import dev.hone.optimize.search.ScoreTable;
import dev.hone.optimize.search.Search;
import dev.hone.optimize.search.SearchBudget;
import dev.hone.optimize.search.SearchProblem;
import dev.hone.optimize.search.SearchRun;
import dev.hone.optimize.search.SearchSpace;
import java.util.ArrayList;
import java.util.List;
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
  private final SamplingState state;
  private final FullEvaluations fullEvaluations;
  private final List<String> notes = new ArrayList<>();

  private int trialBudget;
  private Sampler sampler;
  private NewChoices newChoices;
  private @Nullable Minibatches minibatches;
  private List<EvaluationRequest> inFlight = List.of();
  private int asked;
  private int trialsMade;
  private int trialsSinceBetter;
  private FinishReason finishReason = FinishReason.RUNNING;

  /**
   * Starts a run.
   *
   * @param problem what to solve
   * @param budget how much may be tried
   * @param random the run's own randomness
   * @param guide makes the sampler of its randomness
   */
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
    state = new SamplingState(problem);
    fullEvaluations = new FullEvaluations(problem, budget, state);
    trialBudget = budget.trials();
    sampler = chooseSampler(problem.space(), problem.space().size() - 1);
    newChoices = NewChoices.none(problem.space());
  }

  @Override
  public List<EvaluationRequest> ask() {
    if (!inFlight.isEmpty()) {
      throw new IllegalStateException("ask() again before tell() of the last requests");
    }
    if (finishReason == FinishReason.RUNNING) {
      inFlight = nextRequests();
      asked += inFlight.size();
    }
    return inFlight;
  }

  private List<EvaluationRequest> nextRequests() {
    List<EvaluationRequest> due = fullEvaluations.due(asked, trialsMade);
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
    List<EvaluationRequest> last = fullEvaluations.last(asked, trialsMade);
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
    if (state.triedCount() >= state.space().size()) {
      return FinishReason.SPACE_EXHAUSTED;
    }
    if (trialsMade >= trialBudget) {
      return FinishReason.TRIALS_SPENT;
    }
    return budget.patience() > 0 && trialsSinceBetter >= budget.patience()
        ? FinishReason.NO_IMPROVEMENT
        : FinishReason.RUNNING;
  }

  private List<EvaluationRequest> trials() {
    long open = state.space().size() - state.triedCount();
    int wanted = Math.min(budget.trialsInFlight(), trialBudget - trialsMade);
    List<Integer> examples = trialExamples();
    EvaluationRequest.Kind kind =
        examples.size() < state.scores().examples().size()
            ? EvaluationRequest.Kind.MINIBATCH
            : EvaluationRequest.Kind.FULL;
    List<EvaluationRequest> trials = new ArrayList<>();
    while (trials.size() < wanted && state.pending().size() < open) {
      Sampler.Suggestion next = sampler.suggest(state);
      Configuration configuration = newChoices.dealtInto(next.configuration());
      state.markPending(configuration);
      trials.add(
          new EvaluationRequest(
              asked + trials.size(), kind, configuration, examples, next.choice()));
    }
    return trials;
  }

  private List<Integer> trialExamples() {
    List<Integer> all = state.scores().examples();
    Integer size = budget.minibatchSize();
    if (size == null || size >= all.size()) {
      return all;
    }
    if (minibatches == null) {
      minibatches = new Minibatches(all, problem.strata(), size, minibatchRandom);
    }
    return minibatches.next(state.scores());
  }

  @Override
  public void tell(List<EvaluationScores> scores) {
    if (!scores.stream().map(EvaluationScores::request).toList().equals(inFlight)) {
      throw new IllegalArgumentException("tell() takes the scores of the requests, in their order");
    }
    inFlight = List.of();
    for (EvaluationScores each : scores) {
      state.take(each);
      if (!fullEvaluations.tookOne(each, notes)) {
        trialsMade++;
        boolean better = state.leads(each.request().configuration());
        trialsSinceBetter = better ? 0 : trialsSinceBetter + 1;
      }
    }
    noticeSaturation(scores);
  }

  private void noticeSaturation(List<EvaluationScores> scores) {
    double[] distinct =
        scores.stream()
            .filter(each -> each.request().kind() == EvaluationRequest.Kind.MINIBATCH)
            .flatMap(each -> each.scores().stream())
            .flatMapToDouble(score -> score.stream())
            .distinct()
            .limit(2)
            .toArray();
    if (distinct.length == 1 && minibatches != null) {
      boolean harder = minibatches.saturatedAt(distinct[0]);
      notes.add(
          "Saturated minibatch at trial %d: every score was %s%s"
              .formatted(
                  scores.get(0).request().trial() + 1,
                  distinct[0],
                  harder ? "; the next is drawn harder" : ""));
    }
  }

  @Override
  public void extend(SearchSpace space, int moreTrials) {
    requireLarger(space);
    SettingCheck.atLeast("moreTrials", moreTrials, 0);
    trialBudget += moreTrials;
    sampler = chooseSampler(space, space.size() - state.triedCount());
    newChoices = sampler == guide ? new NewChoices(state.space(), space) : NewChoices.none(space);
    state.extend(space);
    trialsSinceBetter = 0;
    fullEvaluations.reopen();
    finishReason = FinishReason.RUNNING;
  }

  private void requireLarger(SearchSpace larger) {
    List<Dimension> before = state.space().dimensions();
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
    return open <= trialBudget - trialsMade
        ? new EnumeratingSampler(space, split(enumerationRandom))
        : guide;
  }

  @Override
  public ScoreTable scores() {
    return state.scores();
  }

  @Override
  public List<ConfigurationSummary> summaries() {
    return state.summaries();
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
