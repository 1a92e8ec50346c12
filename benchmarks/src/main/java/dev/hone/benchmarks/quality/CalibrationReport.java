package dev.hone.benchmarks.quality;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Writes what races by default said of themselves beside what was true. */
final class CalibrationReport {
  private static final double[] BUCKETS = {0.5, 0.8, 0.9, 0.95, 0.99, 0.999, 1.01};

  private final List<Contest> contests;

  CalibrationReport(List<Contest> contests) {
    this.contests = contests;
  }

  /** The section of the page. */
  String markdown() {
    StringBuilder section = new StringBuilder("\n## What a race says of itself\n\n");
    section.append("Plays of \"%s\", %d per surface. ".formatted(Contest.RACING, plays()));
    section.append("Intervals: 95%, Wilson, as if plays of one surface were independent.\n\n");
    section.append(
        "`expectedLoss()`, in points: by how much the best of all configurations is expected to be"
            + " better than the returned one.\n\n");
    section.append("| races | number | stated, mean | true, mean |\n|---|---|---|---|\n");
    loss(section, "all that ended NOT_WORTH_MORE", c -> true, Judged::early);
    for (SurfaceFamily family : SurfaceFamily.values()) {
      loss(section, "… " + family, c -> c.surface().family() == family, Judged::early);
    }
    loss(section, "all that spent their budget", c -> true, j -> !j.early());
    loss(section, "all that returned the baseline", c -> true, Judged::baseline);
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

  private void loss(
      StringBuilder section, String name, Predicate<Contest> member, Predicate<Judged> play) {
    List<Judged> plays = judged(member).filter(play).toList();
    if (!plays.isEmpty()) {
      section.append(
          String.format(
              Locale.ROOT,
              "| %s | %d | %.1f | %.1f |%n",
              name,
              plays.size(),
              100 * plays.stream().mapToDouble(Judged::lossStated).average().orElse(0),
              100 * plays.stream().mapToDouble(Judged::lost).average().orElse(0)));
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
