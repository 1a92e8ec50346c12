package dev.hone.optimize.search.racing.model;

/**
 * The variance components of the model.
 *
 * @param scale the variance of one configuration's scores over examples; difficulty and noise
 * @param noise what is left of one outcome when configuration and example are known
 * @param difficulty of the examples
 * @param effects of the effects, by family
 * @param interaction of what a configuration adds to its effects
 */
@SuppressWarnings("ArrayRecordComponent")
public record Variances(
    double scale, double noise, double difficulty, double[] effects, double interaction) {
  /** A copy with other variances between configurations. */
  public Variances withBetween(double[] newEffects, double newInteraction) {
    return new Variances(scale, noise, difficulty, newEffects, newInteraction);
  }
}
