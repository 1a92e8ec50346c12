package dev.hone.benchmarks.small;

import dev.hone.benchmarks.quality.CallMeter;
import dev.hone.benchmarks.quality.HalvingPlayer;
import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.Dimension;
import dev.hone.optimize.search.SearchSpace;
import java.util.SplittableRandom;

/** The plain things that a search must be compared with. */
final class PlainPlayers {
  private static final int MOST_IN_HALVING = 256;

  private PlainPlayers() {}

  /** A configuration drawn at random, at no call. */
  static Configuration drawn(CallMeter meter, Allowance allowance, long seed) {
    SearchSpace space = meter.space();
    return space.at(new SplittableRandom(seed).nextLong(space.size()));
  }

  /** The given instructions with the first of the largest demo sets, at no call. */
  static Configuration labelledDemos(CallMeter meter, Allowance allowance, long seed) {
    Configuration chosen = meter.baseline();
    for (int d = 0; d < meter.space().dimensions().size(); d++) {
      Dimension dimension = meter.space().dimensions().get(d);
      if (dimension.part() == Dimension.Part.DEMOS) {
        for (int choice = 0; choice < dimension.choices(); choice++) {
          Configuration other = chosen.with(d, choice);
          chosen = meter.demos(other) > meter.demos(chosen) ? other : chosen;
        }
      }
    }
    return chosen;
  }

  /** Every configuration on every example; of equals the cheaper, then one at random. */
  static Configuration everything(CallMeter meter, Allowance allowance, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Configuration best = meter.baseline();
    double bestMean = meter.mean(best, meter.examples());
    double equals = 1;
    for (long i = 0; i < meter.space().size(); i++) {
      Configuration one = meter.space().at(i);
      double gain = meter.mean(one, meter.examples()) - bestMean;
      boolean equal = Math.abs(gain) < 1e-9;
      boolean sameTokens = meter.tokens(one) == meter.tokens(best);
      equals = equal && sameTokens ? equals + 1 : equals;
      if (gain > 1e-9
          || equal && meter.tokens(one) < meter.tokens(best)
          || equal && sameTokens && random.nextDouble() < 1 / equals) {
        equals = equal && sameTokens ? equals : 1;
        best = one;
        bestMean = gain > 1e-9 ? meter.mean(one, meter.examples()) : bestMean;
      }
    }
    return best;
  }

  /**
   * Successive halving on one common random order, at a share of the reference's calls; at most 256
   * configurations take part.
   */
  static Player halving(double share) {
    return (meter, allowance, seed) -> {
      int calls = (int) (share * allowance.referenceCalls());
      return HalvingPlayer.play(meter, calls, MOST_IN_HALVING, seed);
    };
  }
}
