package dev.hone.optimize.bootstrap;

/**
 * How the demos of a set are chosen among those that there are. All but {@link #RANDOM} choose one
 * demo after the other, and first of all so that each label is shown in proportion: so is every
 * beginning of such a set. They differ in what decides between demos that the labels leave open.
 *
 * <p>Figures for each: {@code benchmarks/quality/results/demos.md}.
 */
public enum DemoChoice {
  /** The demo that most others of its labels are like, where no demo before is like them. */
  REPRESENTATIVE,
  /** The same, of a random two thirds of the demos: another draw gives another set. */
  REPRESENTATIVE_OF_SAMPLE,
  /** The demo that is least like those before; the first is a random one. */
  VARIED,
  /** Any demos, whatever their labels. */
  RANDOM;

  private static final int THIRDS_OF_SAMPLE = 2;

  /** How many of a number of demos are looked at. */
  int candidates(int demos) {
    return this == REPRESENTATIVE_OF_SAMPLE ? (THIRDS_OF_SAMPLE * demos + 2) / 3 : demos;
  }

  /** Whether a set is to differ from that with all demos, where they would all find room. */
  boolean leavesSomeOut() {
    return this == REPRESENTATIVE_OF_SAMPLE || this == VARIED;
  }
}
