package dev.hone.benchmarks.rival;

import dev.hone.benchmarks.quality.CallMeter;
import dev.hone.optimize.search.Configuration;
import dev.hone.random.RandomSource;
import java.util.List;
import java.util.random.RandomGenerator;

/** A configuration as an arm of a bandit: each pull is an example that it has not met yet. */
final class Arm {
  private final CallMeter meter;
  private final Configuration configuration;
  private final List<Integer> order;
  private int pulls;
  private double sum;

  Arm(CallMeter meter, Configuration configuration, RandomGenerator random) {
    this.meter = meter;
    this.configuration = configuration;
    order = RandomSource.shuffled(meter.examples(), random);
  }

  Configuration configuration() {
    return configuration;
  }

  int pulls() {
    return pulls;
  }

  boolean complete() {
    return pulls == order.size();
  }

  /** One more example, if there is one and the tokens are enough for it; whether it was pulled. */
  boolean pull(double tokens) {
    if (complete() || meter.tokens() + meter.tokens(configuration) > tokens) {
      return false;
    }
    sum += meter.evaluate(configuration, List.of(order.get(pulls)))[0];
    pulls++;
    return true;
  }

  double mean() {
    return pulls == 0 ? 0 : sum / pulls;
  }
}
