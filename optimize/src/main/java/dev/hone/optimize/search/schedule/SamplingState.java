package dev.hone.optimize.search.schedule;

import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.SearchSpace;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * What is known when a sampler is asked for a configuration.
 *
 * @param space the configurations; at least one of them is open
 * @param finished one observation per configuration that was tried, oldest first
 * @param pending configurations of the same batch, not yet evaluated, oldest first
 * @param tried whether a configuration is among the finished ones
 */
public record SamplingState(
    SearchSpace space,
    List<Observation> finished,
    Set<Configuration> pending,
    Predicate<Configuration> tried) {
  private static final int DRAWS = 64;

  /** Whether a configuration is neither tried nor pending. */
  public boolean isOpen(Configuration configuration) {
    return !pending.contains(configuration) && !tried.test(configuration);
  }

  /**
   * An open configuration at random. When most of the space is closed, the first open one after a
   * random place is taken, so this ends after at most as many steps as configurations are closed.
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
