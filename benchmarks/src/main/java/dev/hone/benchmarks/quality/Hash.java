package dev.hone.benchmarks.quality;

/** Random numbers by key, so that an outcome does not depend on the order of requests. */
public final class Hash {
  private Hash() {}

  private static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** 64 bits. */
  public static long of(long seed, long a, long b, long c) {
    return mix(mix(mix(mix(seed) ^ a) ^ b) ^ c);
  }

  /** Uniform over the open interval (0, 1). */
  public static double uniform(long seed, long a, long b, long c) {
    return ((of(seed, a, b, c) >>> 11) + 0.5) * 0x1.0p-53;
  }

  /** Standard normal. */
  public static double gaussian(long seed, long a, long b, long c) {
    double radius = Math.sqrt(-2 * Math.log(uniform(seed, a, b, c)));
    return radius * Math.cos(2 * Math.PI * uniform(seed + 1, a, b, c));
  }
}
