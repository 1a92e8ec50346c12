package dev.hone.benchmarks.rival;

import dev.hone.benchmarks.quality.CallMeter;
import dev.hone.benchmarks.quality.HalvingPlayer;
import dev.hone.optimize.search.Configuration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * TRIPLE: fixed-budget best-arm identification over prompts, by sequential halving and by
 * continuously rejecting. Source: C. Shi et al., "Efficient prompt optimization through the lens of
 * best arm identification", arXiv 2402.09723; the rule of rejection is that of P.-A. Wang, R.-C.
 * Tzeng and A. Proutiere, "Best arm identification with fixed budget: a large deviation
 * perspective", 2023, its more aggressive form.
 *
 * <p>Differs from the reference: its budget of calls is the tokens over the mean tokens of a call;
 * examples are drawn without repetition, so an arm that met all is not pulled again; of a larger
 * space at most 256 arms, drawn at random, take part, and no more than three pulls each are there
 * for.
 */
public final class Triple {
  private static final int MOST_ARMS = 256;
  private static final int PULLS = 3;

  private final double tokens;
  private final double calls;
  private final List<Arm> arms = new ArrayList<>();

  private Triple(CallMeter meter, double tokens, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    this.tokens = tokens;
    List<Configuration> field = HalvingPlayer.field(meter, random, MOST_ARMS);
    double price = field.stream().mapToDouble(meter::tokens).average().orElseThrow();
    calls = tokens / price;
    long most = Math.max(2, (long) (calls / PULLS));
    field.stream().limit(most).forEach(each -> arms.add(new Arm(meter, each, random)));
  }

  /** Plays by sequential halving. */
  public static Configuration halving(CallMeter meter, double tokens, long seed) {
    return new Triple(meter, tokens, seed).halving();
  }

  /** Plays by continuously rejecting. */
  public static Configuration rejecting(CallMeter meter, double tokens, long seed) {
    return new Triple(meter, tokens, seed).rejecting();
  }

  private Configuration halving() {
    List<Arm> active = arms;
    int phases = (int) Math.ceil(Math.log(arms.size()) / Math.log(2));
    while (active.size() > 1) {
      int pulls = (int) Math.max(1, calls / active.size() / phases);
      for (Arm arm : active) {
        for (int i = 0; i < pulls; i++) {
          arm.pull(tokens);
        }
      }
      active =
          active.stream()
              .sorted(Comparator.comparingDouble(Arm::mean).reversed())
              .limit((active.size() + 1) / 2)
              .toList();
    }
    return active.get(0).configuration();
  }

  private Configuration rejecting() {
    List<Arm> active = new ArrayList<>(arms);
    List<Arm> rejected = new ArrayList<>();
    while (active.size() > 1) {
      Arm next =
          active.stream()
              .filter(arm -> !arm.complete())
              .min(Comparator.comparingInt(Arm::pulls))
              .orElse(null);
      if (next == null || !next.pull(tokens)) {
        break;
      }
      Arm worst = active.stream().min(Comparator.comparingDouble(Arm::mean)).orElseThrow();
      if (rejects(worst, active, rejected)) {
        active.remove(worst);
        rejected.add(worst);
      }
    }
    return active.stream().max(Comparator.comparingDouble(Arm::mean)).orElseThrow().configuration();
  }

  private boolean rejects(Arm worst, List<Arm> active, List<Arm> rejected) {
    int most = rejected.stream().mapToInt(Arm::pulls).max().orElse(0);
    boolean allPulled = active.stream().allMatch(arm -> arm.pulls() > 0);
    if (!allPulled || worst.pulls() <= most) {
      return false;
    }
    double others =
        active.stream().filter(arm -> arm != worst).mapToDouble(Arm::mean).average().orElseThrow();
    double spent = active.stream().mapToInt(Arm::pulls).sum();
    double left = calls - rejected.stream().mapToInt(Arm::pulls).sum();
    double share = spent * harmonic(active.size()) / Math.max(1, left);
    return others - worst.mean() > 1 / Math.sqrt(share) - 1;
  }

  private static double harmonic(int size) {
    double sum = 0.5;
    for (int i = 2; i <= size; i++) {
      sum += 1.0 / i;
    }
    return sum;
  }
}
