package dev.hone.benchmarks.quality;

import dev.hone.benchmarks.quality.Summary.Estimate;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Calls against true score, as SVG: racing's curve with its band, the others as points. */
final class CallsPlot {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 440;
  private static final int LEFT = 70;
  private static final int RIGHT = 690;
  private static final int TOP = 40;
  private static final int BOTTOM = 390;
  private static final double MOST_CALLS = 1.3;

  private final List<Contest> contests;
  private final double low;
  private final double high;
  private final StringBuilder svg = new StringBuilder();

  CallsPlot(List<Contest> contests) {
    this.contests = contests;
    this.low = Summary.scores(contests)[0] - 0.01;
    this.high = Summary.mean(contests, c -> c.surface().best()) + 0.01;
  }

  String svg() {
    svg.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" font-size=\"12\">%n"
            .formatted(WIDTH, HEIGHT));
    svg.append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
    text(LEFT, 22, "Mean true score over %d surfaces, by calls".formatted(contests.size()), "#000");
    axes();
    curve();
    point("reference", 1, c -> c.reference().score(), "#b22222");
    for (String player : contests.get(0).others().keySet()) {
      double calls = Summary.mean(contests, c -> c.play(player).calls() / c.reference().calls());
      boolean racing = player.startsWith("racing");
      point(player, calls, c -> c.play(player).score(), racing ? "#1f5fa8" : "#777777");
    }
    return svg.append("</svg>\n").toString();
  }

  private void axes() {
    for (double share = 0; share <= MOST_CALLS; share += 0.25) {
      line(x(share), TOP, x(share), BOTTOM, "#eeeeee");
      text(x(share) - 12, BOTTOM + 16, "%.0f%%".formatted(100 * share), "#000");
    }
    for (double score = Math.ceil(low * 50) / 50; score <= high; score += 0.02) {
      line(LEFT, y(score), RIGHT, y(score), "#eeeeee");
      text(LEFT - 40, y(score) + 4, String.format(Locale.ROOT, "%.2f", score), "#000");
    }
    double best = Summary.mean(contests, c -> c.surface().best());
    line(LEFT, y(best), RIGHT, y(best), "#2e8b57");
    text(RIGHT - 90, y(best) - 5, "best possible", "#2e8b57");
    text(LEFT + 170, HEIGHT - 10, "distinct calls, as a share of the reference's", "#000");
  }

  private void curve() {
    StringBuilder line = new StringBuilder();
    StringBuilder upper = new StringBuilder();
    StringBuilder lower = new StringBuilder();
    for (int i = 0; i < Contest.FRACTIONS.size(); i++) {
      int at = i;
      Estimate gap = gap(c -> c.curve().get(at).score());
      String x = number(x(Contest.FRACTIONS.get(i)));
      line.append(x).append(',').append(number(y(gap.value()))).append(' ');
      upper.append(x).append(',').append(number(y(gap.high()))).append(' ');
      lower.insert(0, x + "," + number(y(gap.low())) + " ");
    }
    svg.append("<polygon points=\"").append(upper).append(lower);
    svg.append("\" fill=\"#1f5fa8\" fill-opacity=\"0.15\"/>\n<polyline points=\"").append(line);
    svg.append("\" fill=\"none\" stroke=\"#1f5fa8\" stroke-width=\"2\"/>\n");
    text(x(0.34), y(Summary.scores(contests)[5]) + 26, "racing, not completed", "#1f5fa8");
  }

  /** A mean score with the interval of its distance to the best, as surfaces differ much more. */
  private Estimate gap(ToDoubleFunction<Contest> score) {
    double best = Summary.mean(contests, c -> c.surface().best());
    Estimate gap =
        Summary.bootstrap(
            contests, g -> Summary.mean(g, c -> score.applyAsDouble(c) - c.surface().best()));
    return new Estimate(best + gap.value(), best + gap.low(), best + gap.high());
  }

  private void point(String name, double calls, ToDoubleFunction<Contest> score, String colour) {
    Estimate at = gap(score);
    line(x(calls), y(at.low()), x(calls), y(at.high()), colour);
    svg.append(
        "<circle cx=\"%s\" cy=\"%s\" r=\"4\" fill=\"%s\"/>%n"
            .formatted(number(x(calls)), number(y(at.value())), colour));
    int below = name.endsWith("4 in flight") ? 18 : name.endsWith("1 in flight") ? 32 : 4;
    text(x(calls) + 7, y(at.value()) + below, name, colour);
  }

  private static double x(double share) {
    return LEFT + share / MOST_CALLS * (RIGHT - LEFT);
  }

  private double y(double score) {
    return BOTTOM - (score - low) / (high - low) * (BOTTOM - TOP);
  }

  private void line(double x1, double y1, double x2, double y2, String colour) {
    svg.append(
        "<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" stroke=\"%s\"/>%n"
            .formatted(number(x1), number(y1), number(x2), number(y2), colour));
  }

  private void text(double x, double y, String text, String colour) {
    svg.append(
        "<text x=\"%s\" y=\"%s\" fill=\"%s\">%s</text>%n"
            .formatted(number(x), number(y), colour, text));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
