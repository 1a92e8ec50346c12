package dev.hone.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.stats.Estimate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** How often the intervals hold the true value, on samples of tables whose truth is known. */
class AgreementIntervalTest {
  private static final int RUNS = 400;

  /** Probabilities by gold class and verdict; a fifth of the texts are bad. */
  private static final double[][] TRUTH = {{0.70, 0.10}, {0.06, 0.14}};

  private static Agreement<String> sample(SplittableRandom random, int size) {
    List<String> gold = new ArrayList<>();
    List<String> judged = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      double draw = random.nextDouble();
      int cell = 0;
      while (cell < 3 && draw >= TRUTH[cell / 2][cell % 2]) {
        draw -= TRUTH[cell / 2][cell % 2];
        cell++;
      }
      gold.add(cell / 2 == 0 ? "good" : "bad");
      judged.add(cell % 2 == 0 ? "good" : "bad");
    }
    return Agreement.ofLabels(gold, judged);
  }

  @Test
  void theyHoldTheTruthAboutAsOftenAsTheySay() {
    SplittableRandom random = new SplittableRandom(17);
    double expected = 0.8 * 0.76 + 0.2 * 0.24;
    double kappa = (0.84 - expected) / (1 - expected);
    double f1 = 2 * 0.14 / (0.2 + 0.24);
    double balanced = (0.7 / 0.8 + 0.14 / 0.2) / 2;
    int[] covered = new int[4];
    for (int run = 0; run < RUNS; run++) {
      Agreement<String> agreement = sample(random, 80);
      covered[0] += holds(agreement.kappa().orElseThrow(), kappa);
      covered[1] += holds(agreement.byClass("bad").f1().orElseThrow(), f1);
      covered[2] += holds(agreement.balancedAccuracy(), balanced);
      covered[3] += holds(agreement.accuracy(), 0.84);
    }

    for (int count : covered) {
      assertThat(count / (double) RUNS).isBetween(0.91, 0.98);
    }
  }

  private static int holds(Estimate estimate, double truth) {
    return estimate.interval().contains(truth) ? 1 : 0;
  }
}
