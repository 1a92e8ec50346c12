package dev.hone.optimize.search.schedule;

import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.ConfigurationSummary;
import dev.hone.optimize.search.EvaluationScores;
import dev.hone.optimize.search.ScoreTable;
import dev.hone.optimize.search.SearchProblem;
import dev.hone.optimize.search.SearchSpace;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a run knows when its sampler is asked for a configuration: the scores so far, and which
 * configurations are pending, tried or open. A configuration is tried once an evaluation of it had
 * all its scores; until then it may be suggested again. Not thread-safe.
 */
public final class SamplingState {
  private static final int DRAWS = 64;

  private final ScoreTable scores;
  private final Set<Configuration> evaluated = new HashSet<>();
  private final Set<Configuration> pending = new LinkedHashSet<>();
  private SearchSpace space;
  private @Nullable List<Observation> finished;

  /** A state without scores. */
  public SamplingState(SearchProblem problem) {
    scores = new ScoreTable(problem);
    space = problem.space();
  }

  /** The configurations. */
  public SearchSpace space() {
    return space;
  }

  /** Takes a larger space. */
  void extend(SearchSpace larger) {
    space = larger;
  }

  /** The scores so far, those of incomplete evaluations included. */
  public ScoreTable scores() {
    return scores;
  }

  /** Takes the scores of an evaluation, whose configuration is no longer pending. */
  public void take(EvaluationScores added) {
    Configuration configuration = added.request().configuration();
    scores.put(added);
    pending.remove(configuration);
    finished = null;
    if (added.request().examples().stream()
        .allMatch(example -> scores.score(configuration, example).isPresent())) {
      evaluated.add(configuration);
    }
  }

  /** As {@link ScoreTable#leaveOutUnscored}. */
  int leaveOutUnscored(Configuration configuration) {
    finished = null;
    return scores.leaveOutUnscored(configuration);
  }

  /** Notes that a configuration is about to be evaluated. */
  public void markPending(Configuration configuration) {
    pending.add(configuration);
  }

  /** The configurations that are about to be evaluated, oldest first. */
  public Set<Configuration> pending() {
    return pending;
  }

  /** One observation per configuration that was tried, oldest first. */
  public List<Observation> finished() {
    List<Observation> known = finished;
    if (known == null) {
      known = tried().map(each -> new Observation(each, mean(each))).toList();
      finished = known;
    }
    return known;
  }

  /** Whether an evaluation of the configuration was complete. */
  boolean isTried(Configuration configuration) {
    return evaluated.contains(configuration) || scores.isComplete(configuration);
  }

  /** How many configurations were tried. */
  long triedCount() {
    return tried().count();
  }

  /** The tried configurations, the fully evaluated first, the best first among either. */
  List<ConfigurationSummary> summaries() {
    return scores.summaries().stream().filter(summary -> isTried(summary.configuration())).toList();
  }

  /** Whether a configuration was tried and its mean is greater than any other's. */
  boolean leads(Configuration configuration) {
    return isTried(configuration)
        && tried().allMatch(each -> each.equals(configuration) || mean(each) < mean(configuration));
  }

  /** Whether a configuration is neither tried nor pending. */
  public boolean isOpen(Configuration configuration) {
    return !pending.contains(configuration) && !isTried(configuration);
  }

  private Stream<Configuration> tried() {
    return scores.configurations().stream().filter(this::isTried);
  }

  private double mean(Configuration configuration) {
    OptionalDouble mean = scores.mean(configuration);
    return mean.orElse(Double.NaN);
  }

  /**
   * An open configuration at random; there must be one. When most of the space is closed, the first
   * open one after a random place is taken, so this ends after at most as many steps as
   * configurations are closed.
   */
  public Configuration anyOpen(RandomGenerator random) {
    int[] choices = new int[space.dimensions().size()];
    for (int draw = 0; draw < DRAWS; draw++) {
      for (int d = 0; d < choices.length; d++) {
        choices[d] = random.nextInt(space.dimensions().get(d).choices());
      }
      Configuration drawn = Configuration.of(choices);
      if (isOpen(drawn)) {
        return drawn;
      }
    }
    while (!isOpen(Configuration.of(choices))) {
      advance(choices);
    }
    return Configuration.of(choices);
  }

  private void advance(int[] choices) {
    for (int d = choices.length - 1; d >= 0; d--) {
      choices[d] = (choices[d] + 1) % space.dimensions().get(d).choices();
      if (choices[d] != 0) {
        return;
      }
    }
  }
}
