package dev.hone.optimize.search.tpe;

import dev.hone.optimize.search.Search;
import dev.hone.optimize.search.SearchBudget;
import dev.hone.optimize.search.SearchExtent;
import dev.hone.optimize.search.SearchProblem;
import dev.hone.optimize.search.SearchRun;
import dev.hone.optimize.search.schedule.SampledRun;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Search guided by a tree-structured Parzen estimator, on the schedule that {@link Search}
 * describes. The first trials are at random. A space whose configurations all fit into the budget
 * is tried in full, in random order. Immutable; each setter returns a copy.
 *
 * <p>Defaults are Optuna's, except for {@link #startupTrials()}: Optuna's 10 would leave a short
 * search unguided.
 */
public final class TpeSearch implements Search {
  private final TpeSettings settings;

  /** A search with default settings, as {@link #defaults()}. */
  public TpeSearch() {
    this(TpeSettings.DEFAULTS);
  }

  private TpeSearch(TpeSettings settings) {
    this.settings = settings;
  }

  /** A search with default settings. */
  public static TpeSearch defaults() {
    return new TpeSearch();
  }

  /**
   * The trials at random before the first guided one; null for three tenths of the budget's trials,
   * but at least 2 and at most 10.
   */
  public @Nullable Integer startupTrials() {
    return settings.startupTrials();
  }

  /**
   * A copy with another number of trials at random, at least 0; null to let it follow the budget.
   */
  public TpeSearch startupTrials(@Nullable Integer trials) {
    return new TpeSearch(
        new TpeSettings(trials, settings.gamma(), settings.belowLimit(), settings.candidates()));
  }

  /** The share of the observations that counts as good; 0.1. */
  public double gamma() {
    return settings.gamma();
  }

  /** A copy with another share of good observations, over 0 and under 1. */
  public TpeSearch gamma(double share) {
    return new TpeSearch(
        new TpeSettings(
            settings.startupTrials(), share, settings.belowLimit(), settings.candidates()));
  }

  /** The most observations that count as good; 25. */
  public int belowLimit() {
    return settings.belowLimit();
  }

  /** A copy with another limit of good observations, at least 1. */
  public TpeSearch belowLimit(int observations) {
    return new TpeSearch(
        new TpeSettings(
            settings.startupTrials(), settings.gamma(), observations, settings.candidates()));
  }

  /** The number of configurations that are drawn to choose a suggestion from; 24. */
  public int candidates() {
    return settings.candidates();
  }

  /** A copy with another number of configurations to choose from, at least 1. */
  public TpeSearch candidates(int configurations) {
    return new TpeSearch(
        new TpeSettings(
            settings.startupTrials(), settings.gamma(), settings.belowLimit(), configurations));
  }

  @Override
  public String name() {
    return "tpe";
  }

  @Override
  public ObjectNode toJson() {
    return Search.super
        .toJson()
        .put("startupTrials", settings.startupTrials())
        .put("gamma", settings.gamma())
        .put("belowLimit", settings.belowLimit())
        .put("candidates", settings.candidates());
  }

  /** Of trials that are all at random, and of a limit that no number of observations reaches. */
  @Override
  public List<String> notes(SearchBudget budget) {
    return settings.notes(budget.trials());
  }

  @Override
  public long mostEvaluations(SearchExtent extent) {
    return extent.scheduledEvaluations();
  }

  @Override
  public boolean extensible() {
    return true;
  }

  @Override
  public SearchRun start(SearchProblem problem, SearchBudget budget, RandomGenerator random) {
    return new SampledRun(
        problem,
        budget,
        random,
        randomness -> new TpeSampler(settings, budget.trials(), randomness));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TpeSearch search && settings.equals(search.settings);
  }

  @Override
  public int hashCode() {
    return settings.hashCode();
  }

  @Override
  public String toString() {
    return toJson().toString();
  }
}
