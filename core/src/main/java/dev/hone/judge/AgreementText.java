package dev.hone.judge;

import dev.hone.context.Spend;
import dev.hone.stats.Estimate;
import dev.hone.text.Excerpt;
import dev.hone.text.Plural;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** An agreement as tables for people. */
final class AgreementText<T> {
  private static final int MOST_ROWS = 20;
  private static final int MOST_COLUMNS = 8;
  private static final int NAME = 18;
  private static final int FIGURE = 22;
  private static final int COUNT = 6;
  private static final int CELL = 12;

  private final Agreement<T> agreement;
  private final List<ClassAgreement<T>> classes;

  AgreementText(Agreement<T> agreement) {
    this.agreement = agreement;
    this.classes = agreement.classes();
  }

  @Override
  public String toString() {
    List<String> lines = new ArrayList<>(List.of(headline()));
    lines.add(figure("accuracy", Optional.of(agreement.accuracy()), ""));
    lines.add(figure("balanced accuracy", Optional.of(agreement.balancedAccuracy()), ""));
    lines.add(figure("macro F1", Optional.of(agreement.macroF1()), ""));
    String oneClass = "undefined, as gold and judge give one class only";
    lines.add(figure("kappa", agreement.kappa(), oneClass));
    String without =
        agreement.kappa().isPresent() ? "undefined, as the classes have no order" : oneClass;
    lines.add(figure("kappa, linear", agreement.linearKappa(), without));
    lines.add(figure("kappa, quadratic", agreement.quadraticKappa(), without));
    lines.add("");
    byClass(lines);
    if (classes.size() <= MOST_COLUMNS) {
      lines.add("");
      matrix(lines);
    }
    return lines.stream().map(String::stripTrailing).collect(Collectors.joining("\n"));
  }

  private String headline() {
    int all = agreement.examples() + agreement.failures();
    StringBuilder text = new StringBuilder("agreement with gold on ");
    text.append(agreement.failures() == 0 ? "" : agreement.examples() + " of ");
    text.append(Plural.of(all, "example"));
    if (agreement.failures() > 0) {
      Map<String, Integer> sorted = new TreeMap<>(agreement.failuresByClass());
      String kinds =
          sorted.entrySet().stream()
              .map(entry -> entry.getValue() + " " + entry.getKey())
              .collect(Collectors.joining(", "));
      text.append("; no verdict on %d (%s)".formatted(agreement.failures(), kinds));
    }
    if (!agreement.spend().equals(Spend.NONE)) {
      text.append("; ").append(agreement.spend());
    }
    return text.toString();
  }

  private static String figure(String name, Optional<Estimate> value, String without) {
    return "  " + left(name, NAME) + value.map(Estimate::toString).orElse(without);
  }

  private void byClass(List<String> lines) {
    lines.add(row("class", "gold", "judge", "precision", "recall", "F1"));
    classes.stream().limit(MOST_ROWS).forEach(one -> lines.add(row(one)));
    if (classes.size() > MOST_ROWS) {
      lines.add("  (%d of %d classes are shown)".formatted(MOST_ROWS, classes.size()));
    }
  }

  private String row(ClassAgreement<T> one) {
    return row(
        String.valueOf(one.label()),
        String.valueOf(one.gold()),
        String.valueOf(one.judged()),
        cell(one.precision(), "none judged so"),
        cell(one.recall(), "none in gold"),
        cell(one.f1(), "in neither"));
  }

  private static String cell(Optional<Estimate> value, String without) {
    return value.map(Estimate::toString).orElse(without);
  }

  private static String row(
      String name, String gold, String judged, String precision, String recall, String f1) {
    return "  "
        + left(name, NAME)
        + right(gold, COUNT)
        + right(judged, COUNT)
        + "  "
        + left(precision, FIGURE)
        + left(recall, FIGURE)
        + f1;
  }

  private void matrix(List<String> lines) {
    StringBuilder heading = new StringBuilder("  " + left("gold \\ judge", NAME));
    classes.forEach(one -> heading.append(right(String.valueOf(one.label()), CELL)));
    lines.add(heading.toString());
    for (ClassAgreement<T> gold : classes) {
      StringBuilder line = new StringBuilder("  " + left(String.valueOf(gold.label()), NAME));
      classes.forEach(
          judged ->
              line.append(
                  right(String.valueOf(agreement.count(gold.label(), judged.label())), CELL)));
      lines.add(line.toString());
    }
  }

  private static String left(String text, int width) {
    String cut = Excerpt.ofLine(text, width - 1);
    return String.format(Locale.ROOT, "%-" + width + "s", cut);
  }

  private static String right(String text, int width) {
    return String.format(Locale.ROOT, "%" + width + "s", Excerpt.ofLine(text, width - 1));
  }
}
