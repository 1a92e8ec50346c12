package dev.hone.optimize.search.racing;

import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.EvaluationScores;
import dev.hone.optimize.search.ScoreTable;
import dev.hone.optimize.search.SearchSpace;
import dev.hone.optimize.search.racing.model.Arm;
import dev.hone.optimize.search.racing.model.Effects;
import dev.hone.optimize.search.racing.model.ExampleOrder;
import dev.hone.optimize.search.racing.model.Posterior;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The candidates of a race: the configurations with outcomes, and others without. A space of up to
 * 2,048 configurations is in the pool whole; of a larger one a few hundred are drawn anew each
 * step: neighbours of the best, the best by draws of the effects, and some at random. Nothing is
 * kept of those that were never tried.
 */
final class CandidatePool {
  private static final int WHOLE_SPACE = 2048;
  private static final int GREEDY = 96;
  private static final int RANDOM = 96;

  private final SearchSpace space;
  private final Effects effects;
  private final ExampleOrder order;
  private final Map<Configuration, Arm> arms = new LinkedHashMap<>();

  CandidatePool(SearchSpace space, Effects effects, ExampleOrder order, CandidatePool before) {
    this(space, effects, order);
    arms.putAll(before.arms);
  }

  CandidatePool(SearchSpace space, Effects effects, ExampleOrder order) {
    this.space = space;
    this.effects = effects;
    this.order = order;
  }

  /** The arm of a configuration, made on the first request. */
  Arm arm(Configuration configuration) {
    return arms.computeIfAbsent(configuration, added -> new Arm(added, order));
  }

  /** How many blocks a configuration was given; makes no arm of it. */
  int asked(Configuration configuration) {
    Arm arm = arms.get(configuration);
    return arm == null ? 0 : arm.asked();
  }

  /** All configurations that were asked for, in the order in which they came. */
  List<Arm> arms() {
    return List.copyOf(arms.values());
  }

  /** Those with outcomes. */
  List<Arm> withOutcomes() {
    return arms.values().stream().filter(arm -> arm.seen() > 0).toList();
  }

  /** Configurations without outcomes that the next step may choose. */
  List<Configuration> untried(Posterior posterior, Configuration leader, RandomGenerator random) {
    Set<Configuration> found = new HashSet<>();
    List<Configuration> untried = new ArrayList<>();
    if (space.size() <= WHOLE_SPACE) {
      for (long position = 0; position < space.size(); position++) {
        add(space.at(position), found, untried);
      }
      return untried;
    }
    space.neighbours(leader).forEach(neighbour -> add(neighbour, found, untried));
    for (int i = 0; i < GREEDY; i++) {
      double[] unknowns = posterior.draw(random);
      add(climb(anywhere(random), unknowns), found, untried);
    }
    for (int i = 0; i < RANDOM; i++) {
      add(anywhere(random), found, untried);
    }
    return untried;
  }

  private void add(Configuration added, Set<Configuration> found, List<Configuration> untried) {
    Arm arm = arms.get(added);
    if ((arm == null || arm.seen() == 0 && !arm.exhausted()) && found.add(added)) {
      untried.add(added);
    }
  }

  private Configuration anywhere(RandomGenerator random) {
    List<Integer> choices = new ArrayList<>();
    space.dimensions().forEach(dimension -> choices.add(random.nextInt(dimension.choices())));
    return new Configuration(choices);
  }

  /** The best by a draw of the effects: dimension after dimension, twice since pairs interact. */
  private Configuration climb(Configuration start, double[] unknowns) {
    Configuration best = start;
    for (int d = 0; d < 2 * space.dimensions().size(); d++) {
      best = bestAlong(d % space.dimensions().size(), best, unknowns);
    }
    return best;
  }

  private Configuration bestAlong(int dimension, Configuration from, double[] unknowns) {
    Configuration best = from;
    double highest = Double.NEGATIVE_INFINITY;
    for (int choice = 0; choice < space.dimensions().get(dimension).choices(); choice++) {
      Configuration other = from.with(dimension, choice);
      double sum = 0;
      for (int effect : effects.of(other)) {
        sum += unknowns[1 + effect];
      }
      if (sum > highest) {
        highest = sum;
        best = other;
      }
    }
    return best;
  }

  /**
   * A configuration whose choices were asked for least, dimension by dimension; empty when every
   * choice was asked for.
   */
  Optional<Configuration> uncovered(RandomGenerator random) {
    boolean news = false;
    List<Integer> choices = new ArrayList<>();
    for (int[] uses : uses()) {
      int least = Arrays.stream(uses).min().orElse(0);
      int[] rarest = IntStream.range(0, uses.length).filter(i -> uses[i] == least).toArray();
      news |= least == 0;
      choices.add(rarest[random.nextInt(rarest.length)]);
    }
    return news ? Optional.of(new Configuration(choices)) : Optional.empty();
  }

  private List<int[]> uses() {
    List<int[]> uses = new ArrayList<>();
    for (int d = 0; d < space.dimensions().size(); d++) {
      int[] ofDimension = new int[space.dimensions().get(d).choices()];
      for (Arm arm : arms.values()) {
        ofDimension[arm.configuration().choice(d)]++;
      }
      uses.add(ofDimension);
    }
    return uses;
  }

  /**
   * Takes the scores of arms whose evaluation ended.
   *
   * @param all whether what others show changes those of all arms
   */
  void take(ScoreTable scores, List<EvaluationScores> told, boolean all) {
    for (EvaluationScores each : told) {
      Arm arm = arm(each.request().configuration());
      arm.take(scores.modelScores(arm.configuration()));
      arm.settle();
    }
    if (all) {
      withOutcomes().forEach(arm -> arm.take(scores.modelScores(arm.configuration())));
    }
  }
}
