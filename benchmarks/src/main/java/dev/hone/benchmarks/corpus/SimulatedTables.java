package dev.hone.benchmarks.corpus;

import dev.hone.benchmarks.corpus.ImbalancedSurface.Case;
import dev.hone.benchmarks.corpus.ImbalancedSurface.Verdict;
import dev.hone.metric.Constraint;
import dev.hone.metric.CorpusMetric;
import dev.hone.metric.Metric;
import dev.hone.optimize.run.FinalChoice;
import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.Search;
import dev.hone.optimize.search.racing.RacingSearch;
import dev.hone.stats.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;

/** The tables of the simulated surfaces. */
final class SimulatedTables {
  private static final double RARE = 0.1;
  private static final int CHOICES = 6;
  private static final double LIMIT = 0.7;
  private static final double CONFIDENCE = 0.9;
  private static final Metric<Case, Verdict> EXACT = Metric.exact(Verdict::rare);
  private static final Metric<Case, Verdict> MACRO = CorpusMetric.macroF1(Verdict::rare);

  /** A race that may spend what a sampled schedule does. */
  private static final Search WHOLE = RacingSearch.defaults().budgetFraction(1);

  private static final List<Search> SEARCHES =
      List.of(Search.random(), Search.tpe(), Search.racing(), WHOLE);

  private final int surfaces;
  private final Map<List<Object>, List<Played>> played = new HashMap<>();

  SimulatedTables(int surfaces) {
    this.surfaces = surfaces;
  }

  /** One play: the true macro-F1 of the winner, the calls, whether the baseline won. */
  private record Played(double score, double calls, boolean baseline) {}

  List<String> macroF1() {
    List<String> lines = new ArrayList<>();
    lines.addAll(
        List.of(
            "",
            "## Simulated: macro-F1 as the target",
            "",
            surfaces
                + " surfaces of 36 configurations, 10% of the examples of the rare class. True macro-F1 of"
                + " what is returned, in points; calls are distinct pairs of configuration and example;"
                + " gain: paired with the same search on accuracy. Intervals: 95%, over surfaces.",
            "",
            "| validation examples | search | accuracy as the target | macro-F1 as the target | gain | calls, accuracy | calls, macro-F1 |",
            "|---|---|---|---|---|---|---|"));
    for (int examples : new int[] {100, 300}) {
      for (Search search : SEARCHES) {
        lines.add(row(examples, search));
      }
      lines.add(baselineAndBest(examples));
    }
    lines.addAll(
        List.of(
            "",
            "What a race leaves and saves: less TPE of the same target on the same surfaces, in points, and its"
                + " share of TPE's calls; how often the baseline is returned.",
            "",
            "| validation examples | search | target | less TPE | share of TPE's calls | returns the baseline |",
            "|---|---|---|---|---|---|"));
    for (int examples : new int[] {100, 300}) {
      for (Search search : List.of(Search.racing(), WHOLE)) {
        lines.add(economy(examples, search, "accuracy", EXACT));
        lines.add(economy(examples, search, "macro-F1", MACRO));
      }
    }
    return lines;
  }

  private String row(int examples, Search search) {
    List<Played> accuracy = plays(examples, EXACT, search);
    List<Played> macro = plays(examples, MACRO, search);
    return String.format(
        Locale.ROOT,
        "| %d | %s | %.1f | %.1f | %s | %.0f | %.0f |",
        examples,
        name(search),
        100 * accuracy.stream().mapToDouble(Played::score).average().orElseThrow(),
        100 * macro.stream().mapToDouble(Played::score).average().orElseThrow(),
        gain(macro, accuracy),
        calls(accuracy),
        calls(macro));
  }

  private static String name(Search search) {
    return search.equals(WHOLE) ? "racing, budgetFraction 1" : search.name();
  }

  private static double calls(List<Played> plays) {
    return plays.stream().mapToDouble(Played::calls).average().orElseThrow();
  }

  /** The mean difference of scores in points, with its interval. */
  private static String gain(List<Played> one, List<Played> other) {
    double[] gains = new double[one.size()];
    for (int i = 0; i < gains.length; i++) {
      gains[i] = 100 * (one.get(i).score() - other.get(i).score());
    }
    Interval interval = Interval.ofMean(gains, 0.95);
    return String.format(
        Locale.ROOT,
        "%+.1f (%+.1f to %+.1f)",
        Arrays.stream(gains).average().orElseThrow(),
        interval.lower(),
        interval.upper());
  }

  private String economy(int examples, Search search, String target, Metric<Case, Verdict> metric) {
    List<Played> race = plays(examples, metric, search);
    List<Played> tpe = plays(examples, metric, Search.tpe());
    return String.format(
        Locale.ROOT,
        "| %d | %s | %s | %s | %.0f%% | %s |",
        examples,
        name(search),
        target,
        gain(race, tpe),
        100 * calls(race) / calls(tpe),
        share((int) race.stream().filter(Played::baseline).count(), surfaces));
  }

  private List<Played> plays(int examples, Metric<Case, Verdict> metric, Search search) {
    return played.computeIfAbsent(
        List.of(examples, metric, search), key -> play(examples, metric, search));
  }

  private List<Played> play(int examples, Metric<Case, Verdict> metric, Search search) {
    return LongStream.rangeClosed(1, surfaces)
        .mapToObj(
            seed -> {
              ImbalancedSurface surface = new ImbalancedSurface(seed, CHOICES, examples, RARE);
              SurfacePlay play = new SurfacePlay(surface, metric, search, seed).play();
              return new Played(
                  surface.trueMacroF1(play.winner()),
                  play.calls(),
                  play.winner().equals(surface.baseline()));
            })
        .toList();
  }

  private String baselineAndBest(int examples) {
    double baseline = 0;
    double best = 0;
    for (long seed = 1; seed <= surfaces; seed++) {
      ImbalancedSurface surface = new ImbalancedSurface(seed, CHOICES, examples, RARE);
      baseline += 100 * surface.trueMacroF1(surface.baseline()) / surfaces;
      best += 100 * best(surface) / surfaces;
    }
    return String.format(
        Locale.ROOT,
        "| %d | (baseline, best possible) | %.1f | %.1f | | | |",
        examples,
        baseline,
        best);
  }

  private static double best(ImbalancedSurface surface) {
    return LongStream.range(0, surface.space().size())
        .mapToDouble(i -> surface.trueMacroF1(surface.space().at(i)))
        .max()
        .orElseThrow();
  }

  /** How often what is returned as meeting a constraint meets it. */
  List<String> constraints() {
    List<String> lines = new ArrayList<>();
    lines.addAll(
        List.of(
            "",
            "## Simulated: a constraint on fresh data",
            "",
            String.format(
                Locale.ROOT,
                "Macro-F1 subject to a recall of the rare class at confidence %s, as MIPROv2 chooses; the same"
                    + " surfaces. The limit is %s, or just over the highest true recall of all configurations, so"
                    + " that nothing meets it. Missed: returned as meeting it, though the recall over all examples"
                    + " there might be is lower; stated is at most %.0f%% of the runs. Naive: what is returned"
                    + " reaches the limit on the validation examples, but not in truth.",
                CONFIDENCE,
                LIMIT,
                100 * (1 - CONFIDENCE)),
            "",
            "| limit | validation examples | search | something meets it in truth | returned as meeting it | missed, of all runs | missed, of those returned as meeting it | naive: missed, of all runs | macro-F1 of those that hold |",
            "|---|---|---|---|---|---|---|---|---|"));
    for (boolean possible : new boolean[] {true, false}) {
      for (int examples : new int[] {300, 600}) {
        for (Search search : List.of(Search.random(), Search.tpe(), Search.racing())) {
          lines.add(constraintRow(possible, examples, search));
        }
      }
    }
    return lines;
  }

  private static CorpusMetric<Case, Verdict> constrained(double limit) {
    return CorpusMetric.<Case, Verdict>macroF1(Verdict::rare)
        .subjectTo(
            Constraint.atLeast("recall of rare", CorpusMetric.recallOf(Verdict::rare, true), limit)
                .withConfidence(CONFIDENCE));
  }

  private String constraintRow(boolean fixed, int examples, Search search) {
    int possible = 0;
    int claimed = 0;
    int missed = 0;
    int naive = 0;
    double score = 0;
    for (long seed = 1; seed <= surfaces; seed++) {
      ImbalancedSurface surface = new ImbalancedSurface(seed, CHOICES, examples, RARE);
      double limit = fixed ? LIMIT : highestRecall(surface) + 1e-6;
      SurfacePlay play = new SurfacePlay(surface, constrained(limit), search, seed).play();
      FinalChoice<Configuration> choice = play.choice();
      boolean holds = surface.trueRecall(choice.chosen()) >= limit;
      possible += highestRecall(surface) >= limit ? 1 : 0;
      claimed += choice.constraintsMet() ? 1 : 0;
      missed += choice.constraintsMet() && !holds ? 1 : 0;
      score += choice.constraintsMet() && holds ? surface.trueMacroF1(choice.chosen()) : 0;
      naive += choice.checks().get(0).value() >= limit && !holds ? 1 : 0;
    }
    return String.format(
        Locale.ROOT,
        "| %s | %d | %s | %s | %s | %s | %s | %s | %s |",
        fixed ? LIMIT : "over the highest",
        examples,
        search.name(),
        share(possible, surfaces),
        share(claimed, surfaces),
        share(missed, surfaces),
        share(missed, claimed),
        share(naive, surfaces),
        claimed == missed ? "" : "%.1f".formatted(100 * score / (claimed - missed)));
  }

  private static double highestRecall(ImbalancedSurface surface) {
    return LongStream.range(0, surface.space().size())
        .mapToDouble(i -> surface.trueRecall(surface.space().at(i)))
        .max()
        .orElseThrow();
  }

  private static String share(int count, int of) {
    if (of == 0) {
      return "none";
    }
    double[] scores = new double[of];
    Arrays.fill(scores, 0, count, 1);
    Interval interval = Interval.ofMean(scores, 0.95);
    return String.format(
        Locale.ROOT,
        "%.0f%% (%.0f to %.0f)",
        100.0 * count / of,
        100 * interval.lower(),
        100 * interval.upper());
  }
}
