package dev.hone.optimize.search.tpe;

import dev.hone.optimize.search.Search;
import dev.hone.optimize.search.SearchBudget;
import dev.hone.optimize.search.SearchProblem;
import dev.hone.optimize.search.SearchRun;
import dev.hone.optimize.search.schedule.SampledRun;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ObjectNode;

/**
 * Search guided by a tree-structured Parzen estimator, on the schedule that {@link Search}
 * describes. The first trials are at random; see {@link TpeSettings}. A space whose configurations
 * all fit into the budget is tried in full, in random order.
 *
 * @param settings the estimator's settings
 */
public record TpeSearch(TpeSettings settings) implements Search {
  /** With default settings. */
  public TpeSearch() {
    this(TpeSettings.defaults());
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

  @Override
  public SearchRun start(SearchProblem problem, SearchBudget budget, RandomGenerator random) {
    return new SampledRun(
        problem, budget, random, chance -> new TpeSampler(settings, budget.trials(), chance));
  }
}
