package dev.hone.benchmarks.quality;

import dev.hone.optimize.search.racing.RacingSearch;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Writes what races by default said of themselves beside what was true. */
final class CalibrationReport {
  private static final double[] BUCKETS = {0.8, 0.9, 0.95, 0.99, 0.999, 1.01};

  private final List<Contest> contests;

  CalibrationReport(List<Contest> contests) {
    this.contests = contests;
  }

  /** The section of the page. */
  String markdown() {
    RacingSearch settings = RacingSearch.defaults();
    StringBuilder section = new StringBuilder("\n## What a race says of itself\n\n");
    section.append("Plays of \"%s\", %d per surface. ".formatted(Contest.RACING, plays()));
    section.append("Intervals: 95%, Wilson, as if plays of one surface were independent.\n\n");
    section.append(
        String.format(
            Locale.ROOT,
            "The stop: of races that end CONFIDENT, stated is that some configuration is better"
                + " than the returned one by over %.2f in at most %.0f%%.%n%n",
            settings.tolerance(),
            100 * (1 - settings.confidence())));
    section.append(
        "| surfaces | races | another is better by over the tolerance |\n|---|---|---|\n");
    stop(section, "all, returned another than the baseline", c -> true, false);
    for (SurfaceFamily family : SurfaceFamily.values()) {
      stop(section, "… " + family, c -> c.surface().family() == family, false);
    }
    stop(section, "all, returned the baseline", c -> true, true);
    section.append(
        "\n`confidence()`, where another than the baseline is returned: stated is that it");
    section.append(" is no worse than the baseline.\n\n");
    section.append("| confidence | races | stated, mean | true |\n|---|---|---|---|\n");
    for (int i = 1; i < BUCKETS.length; i++) {
      bucket(section, BUCKETS[i - 1], BUCKETS[i]);
    }
    bucket(section, 0.8, 0.97);
    return section.toString();
  }

  private int plays() {
    return contests.get(0).judged().size();
  }

  private void stop(
      StringBuilder section, String name, Predicate<Contest> member, boolean baseline) {
    List<Judged> plays =
        judged(member).filter(j -> j.confident() && j.baseline() == baseline).toList();
    if (!plays.isEmpty()) {
      long wrong = plays.stream().filter(Judged::anotherBetter).count();
      section.append(
          "| %s | %d | %s |%n".formatted(name, plays.size(), share(wrong, plays.size())));
    }
  }

  private void bucket(StringBuilder section, double from, double to) {
    List<Judged> plays =
        judged(c -> true)
            .filter(j -> !j.baseline() && j.stated() >= from && j.stated() < to)
            .toList();
    if (!plays.isEmpty()) {
      long right = plays.stream().filter(Judged::noWorse).count();
      double stated = plays.stream().mapToDouble(Judged::stated).average().orElse(0);
      section.append(
          String.format(
              Locale.ROOT,
              "| %s to %s | %d | %.1f%% | %s |%n",
              from,
              Math.min(1, to),
              plays.size(),
              100 * stated,
              share(right, plays.size())));
    }
  }

  private Stream<Judged> judged(Predicate<Contest> member) {
    return contests.stream().filter(member).flatMap(c -> c.judged().stream());
  }

  /** A share with its Wilson interval. */
  static String share(double hits, double of) {
    double z = 1.96;
    double middle = (hits + z * z / 2) / (of + z * z);
    double half = z / (of + z * z) * Math.sqrt(hits * (of - hits) / of + z * z / 4);
    return "%.0f%% (%.0f to %.0f)"
        .formatted(
            100 * hits / of, 100 * Math.max(0, middle - half), 100 * Math.min(1, middle + half));
  }
}
