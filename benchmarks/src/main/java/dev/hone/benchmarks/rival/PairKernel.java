package dev.hone.benchmarks.rival;

import dev.hone.benchmarks.quality.CallMeter;
import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.Dimension;
import java.util.List;

/**
 * The covariance of two configurations: Matérn's with smoothness 5/2 of how far their instructions
 * and their demo sets are apart, each kind with a length of its own.
 *
 * @param meter tells how far candidates are apart
 * @param instructionLength the length of instructions
 * @param demosLength the length of demo sets
 */
record PairKernel(CallMeter meter, double instructionLength, double demosLength) {
  double of(Configuration first, Configuration second) {
    List<Dimension> dimensions = meter.space().dimensions();
    double square = 0;
    for (int d = 0; d < dimensions.size(); d++) {
      boolean demos = dimensions.get(d).part() == Dimension.Part.DEMOS;
      double length = demos ? demosLength : instructionLength;
      double apart = meter.distance(d, first.choice(d), second.choice(d)) / length;
      square += apart * apart;
    }
    double scaled = Math.sqrt(5 * square);
    return (1 + scaled + scaled * scaled / 3) * Math.exp(-scaled);
  }
}
