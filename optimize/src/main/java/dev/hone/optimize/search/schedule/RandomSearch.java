package dev.hone.optimize.search.schedule;

import dev.hone.optimize.search.Search;
import dev.hone.optimize.search.SearchBudget;
import dev.hone.optimize.search.SearchExtent;
import dev.hone.optimize.search.SearchProblem;
import dev.hone.optimize.search.SearchRun;
import java.util.random.RandomGenerator;

/**
 * Search at random without repetition, on the schedule that {@link Search} describes: what any
 * other search has to beat.
 */
public record RandomSearch() implements Search {
  @Override
  public String name() {
    return "random";
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
    return new SampledRun(problem, budget, random, Sampler::random);
  }
}
