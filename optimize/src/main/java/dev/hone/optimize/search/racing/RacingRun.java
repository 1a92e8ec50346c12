package dev.hone.optimize.search.racing;

import dev.hone.optimize.FinishReason;
import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.ConfigurationSummary;
import dev.hone.optimize.search.EvaluationRequest;
import dev.hone.optimize.search.EvaluationScores;
import dev.hone.optimize.search.ScoreTable;
import dev.hone.optimize.search.SearchBudget;
import dev.hone.optimize.search.SearchProblem;
import dev.hone.optimize.search.SearchRun;
import dev.hone.optimize.search.SearchSpace;
import dev.hone.optimize.search.racing.model.Arm;
import dev.hone.optimize.search.racing.model.ExampleOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One race: blocks to what they promise most of, and leader and baseline to the end if asked. */
final class RacingRun implements SearchRun {
  private static final int MOST_PROMOTIONS = 3;

  private enum Phase {
    RACE,
    COMPLETION,
    OVER
  }

  private final SearchProblem problem;
  private final SearchBudget limits;
  private final RandomGenerator random;
  private final ScoreTable scores;
  private final ExampleOrder order;
  private final RacingBudget budget;
  private final RacingRequests requests;
  private final PointPrice price;
  private List<EvaluationRequest> pending = List.of();
  private final Race race;
  private final Ranking ranking;
  private SearchSpace space;
  private int promotions;
  private final boolean wholeValset;
  private final Set<Configuration> askedAgain = new HashSet<>();
  private Phase phase = Phase.RACE;
  private int leaderBlocks;
  private @Nullable Configuration leaderBefore;
  private @Nullable Arm chosen;
  private FinishReason reason = FinishReason.RUNNING;

  RacingRun(
      RacingSettings settings, SearchProblem problem, SearchBudget limits, RandomGenerator random) {
    this.problem = problem;
    this.limits = limits;
    this.scores = new ScoreTable(problem);
    this.random = new SplittableRandom(random.nextLong());
    this.wholeValset = RacingBudget.isWhole(limits, settings);
    int blockSize = ExampleOrder.sizeFor(problem, settings.blockSize());
    this.order = new ExampleOrder(problem.strata(), blockSize, this.random);
    this.budget = new RacingBudget(limits, settings, problem.exampleCount());
    // The race may end in a block that is larger than those that a plan reckons with.
    this.budget.spend(
        blockSize - ExampleOrder.blockSize(problem.exampleCount(), settings.blockSize()));
    this.requests = new RacingRequests(order, budget);
    this.space = problem.space();
    this.race = new Race(problem, order, wholeValset, this.random);
    this.price = new PointPrice(settings, race.price(), budget);
    this.ranking = new Ranking(race, problem, wholeValset);
  }

  @Override
  public List<EvaluationRequest> ask() {
    if (!pending.isEmpty()) {
      throw new IllegalStateException("the scores of the last requests were not passed to tell()");
    }
    List<EvaluationRequest> next = new ArrayList<>(phase == Phase.RACE ? atTarget() : List.of());
    if (phase == Phase.RACE && next.isEmpty()) {
      endIfDue();
    }
    if (phase == Phase.RACE && next.isEmpty()) {
      next.addAll(nextInRace());
    }
    if (phase == Phase.COMPLETION) {
      next.addAll(completions());
    }
    if (next.isEmpty() && phase != Phase.OVER) {
      phase = Phase.OVER;
      chosen = ranking.choose();
      reason = ranking.isAtTarget(chosen, limits) ? FinishReason.TARGET_REACHED : reason;
    }
    pending = List.copyOf(next);
    return next;
  }

  /** Completes what reaches the target so far, as far as the budget goes. */
  private List<EvaluationRequest> atTarget() {
    Double target = limits.targetScore();
    return target == null || anyReachesTarget()
        ? List.of()
        : ranking.atTarget(target).filter(arm -> budget.affords(arm.unasked())).stream()
            .map(this::completion)
            .toList();
  }

  private EvaluationRequest completion(Arm arm) {
    return requests.full(
        arm,
        arm == baseline() ? EvaluationRequest.Choice.BASELINE : EvaluationRequest.Choice.PROMOTED);
  }

  private boolean anyReachesTarget() {
    return race.pool().arms().stream().anyMatch(arm -> ranking.isAtTarget(arm, limits));
  }

  private List<EvaluationRequest> nextInRace() {
    List<EvaluationRequest> next = new ArrayList<>();
    race.pick(mostPicks(), affordable()).forEach(pick -> next.add(requests.block(pick)));
    leaderBlocks += next.size();
    if (next.isEmpty()) {
      boolean all = race.pool().arms().size() == space.size();
      end(all ? FinishReason.SPACE_EXHAUSTED : FinishReason.NOT_WORTH_MORE);
    }
    return next;
  }

  private long affordable() {
    return budget.forRace(race.toComplete());
  }

  /** No more blocks together than the budget has for the race, and at least one. */
  private int mostPicks() {
    int size = order.block(0).size();
    return (int) Math.max(1, Math.min(limits.trialsInFlight(), (affordable() + size - 1) / size));
  }

  /** Ends the race when one of its ends is reached. */
  private void endIfDue() {
    Arm leader = race.leader();
    leaderBlocks = leader.configuration().equals(leaderBefore) ? leaderBlocks : 0;
    leaderBefore = leader.configuration();
    if (anyReachesTarget()) {
      end(FinishReason.TARGET_REACHED);
    } else if (affordable() == 0) {
      end(FinishReason.TRIALS_SPENT);
    } else if (outOfPatience()) {
      end(FinishReason.NO_IMPROVEMENT);
    } else if (!worthMore()) {
      end(FinishReason.NOT_WORTH_MORE);
    }
  }

  private boolean outOfPatience() {
    return limits.patience() > 0 && leaderBlocks > budget.patientBlocks();
  }

  /** Whether some offer of more blocks gains more than it costs; as long as none is known, yes. */
  private boolean worthMore() {
    List<Worth.Offer> offers = race.offers(affordable());
    return offers.isEmpty() || offers.get(0).rate() >= price.leastRate(space);
  }

  private void end(FinishReason why) {
    phase = Phase.COMPLETION;
    reason = why;
  }

  /** What baseline and leader lack; another leader may come of it, a few times. */
  private List<EvaluationRequest> completions() {
    List<EvaluationRequest> next = new ArrayList<>();
    if (!wholeValset) {
      return next;
    }
    if (!baseline().complete() || lacksForTheFirstTime(baseline())) {
      next.add(completion(baseline()));
    }
    if (reason == FinishReason.TARGET_REACHED) {
      return next;
    }
    Arm leader = race.leader();
    if (leader != baseline() && lacksForTheFirstTime(leader)) {
      next.add(completion(leader));
    }
    if (leader != baseline()
        && !leader.complete()
        && (promotions == 0 || promotions < MOST_PROMOTIONS && budget.affords(leader.unasked()))) {
      promotions++;
      next.add(completion(leader));
    }
    return next;
  }

  /** Scores that are missing after all were asked for are asked for once more. */
  private boolean lacksForTheFirstTime(Arm arm) {
    return arm.complete()
        && arm.seen() < problem.exampleCount()
        && askedAgain.add(arm.configuration());
  }

  private Arm baseline() {
    return race.pool().arm(problem.baseline());
  }

  @Override
  public void tell(List<EvaluationScores> evaluated) {
    if (!evaluated.stream().map(EvaluationScores::request).toList().equals(pending)) {
      throw new IllegalArgumentException("the scores are not those of the last requests");
    }
    pending = List.of();
    evaluated.forEach(scores::put);
    race.pool().take(scores, evaluated, problem.objective().isPresent());
    race.learn();
  }

  @Override
  public void extend(SearchSpace larger, int moreTrials) {
    space = larger;
    budget.extend(moreTrials);
    race.extend(space);
    phase = Phase.RACE;
    promotions = 0;
    leaderBlocks = 0;
    reason = FinishReason.RUNNING;
    chosen = null;
  }

  @Override
  public ScoreTable scores() {
    return scores;
  }

  private ConfigurationSummary summary(Arm arm) {
    Configuration configuration = arm.configuration();
    double mean = scores.mean(configuration).orElse(0);
    return new ConfigurationSummary(configuration, mean, arm.seen(), arm.complete());
  }

  @Override
  public Optional<ConfigurationSummary> best() {
    return Optional.ofNullable(chosen).or(ranking::best).map(this::summary);
  }

  @Override
  public Optional<ConfigurationSummary> bestSoFar() {
    if (chosen != null) {
      return best();
    }
    return baseline().seen() == 0 ? Optional.empty() : Optional.of(summary(ranking.chooseSoFar()));
  }

  @Override
  public OptionalDouble confidence() {
    return chosen == null ? OptionalDouble.empty() : OptionalDouble.of(ranking.confidence(chosen));
  }

  @Override
  public List<ConfigurationSummary> summaries() {
    return ranking.of(chosen).map(this::summary).toList();
  }

  @Override
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    int missing = problem.exampleCount() - baseline().seen();
    if (baseline().complete() && missing > 0) {
      notes.add(
          "The baseline has no score on %d of %d examples; they are left out"
              .formatted(missing, problem.exampleCount()));
    }
    expectedLoss().ifPresent(loss -> notes.add(leftOpen(loss)));
    return notes;
  }

  @Override
  public OptionalDouble expectedLoss() {
    double loss = chosen == null ? Double.NaN : race.expectedLoss(chosen);
    return Double.isFinite(loss) ? OptionalDouble.of(loss) : OptionalDouble.empty();
  }

  /** What is left to find, by the model's estimate. */
  private String leftOpen(double loss) {
    return String.format(
        Locale.ROOT,
        "By the race's estimate the best of the candidates is better than what is returned by %.3f in expectation%s.",
        loss,
        reason == FinishReason.TRIALS_SPENT ? "; a higher budgetFraction looks for it" : "");
  }

  @Override
  public FinishReason finishReason() {
    return phase == Phase.OVER ? reason : FinishReason.RUNNING;
  }
}
