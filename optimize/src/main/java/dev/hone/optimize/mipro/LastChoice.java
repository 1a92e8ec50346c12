package dev.hone.optimize.mipro;

import dev.hone.metric.Constraint;
import dev.hone.metric.CorpusMetric;
import dev.hone.optimize.run.FinalChoice;
import dev.hone.optimize.run.FinalChoice.Finalist;
import dev.hone.optimize.run.PromptTokens;
import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.ConfigurationSummary;
import dev.hone.optimize.search.ScoreTable;
import dev.hone.optimize.search.SearchRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/**
 * Which configuration is returned: the one that the search chose, or where the metric has
 * constraints or the settings a tolerance, what {@link FinalChoice} makes of the complete ones.
 *
 * @param configuration what is returned
 * @param checks what the examples show of each constraint for it; empty without constraints
 * @param notes how constraints and tolerance chose it, in sentences; empty where they did not
 * @param metric the metric, if it is one of sets
 */
record LastChoice(
    Configuration configuration,
    List<Constraint.Check> checks,
    List<String> notes,
    Optional<? extends CorpusMetric<?, ?>> metric) {

  /**
   * What a search comes to, and the choice among it.
   *
   * @param search the search, at its end
   * @param space the candidates, whose baseline is returned where nothing has a score
   * @param scores all scores
   * @param metric the metric, if it is one of sets
   * @param tokens of prompts, per configuration
   * @param tolerance the loss that fewer tokens are worth
   */
  record Candidates(
      SearchRun search,
      CandidateSpace space,
      ScoreTable scores,
      Optional<? extends CorpusMetric<?, ?>> metric,
      PromptTokens tokens,
      OptionalDouble tolerance) {

    /** Whether the search's own choice stands, without constraints and tolerance. */
    boolean isPlain() {
      return tolerance.isEmpty() && metric.filter(m -> !m.constraints().isEmpty()).isEmpty();
    }

    /** The choice among those that are allowed; the search's own where that stands. */
    LastChoice choose(Predicate<Configuration> allowed) {
      Optional<ConfigurationSummary> own = search.bestSoFar();
      if (own.isEmpty()) {
        return unchosen();
      }
      return isPlain()
          ? new LastChoice(own.get().configuration(), List.of(), List.of(), metric)
          : LastChoice.of(this, own.get(), allowed);
    }

    /** The baseline, where it is returned because nothing else may be. */
    LastChoice unchosen() {
      Configuration baseline = space.baseline();
      List<Constraint.Check> checks =
          metric.isPresent() && scores.count(baseline) > 0
              ? metric.get().check(scores.observations(baseline, example -> true), tried())
              : List.of();
      return new LastChoice(baseline, checks, List.of(), metric);
    }

    private int tried() {
      long tried = scores.configurations().stream().filter(each -> scores.count(each) > 0).count();
      return Math.max(1, Math.toIntExact(tried));
    }
  }

  private static LastChoice of(
      Candidates all, ConfigurationSummary own, Predicate<Configuration> allowed) {
    List<ConfigurationSummary> bestFirst = new ArrayList<>(List.of(own));
    all.search().summaries().stream()
        .filter(each -> each.full() && !each.configuration().equals(own.configuration()))
        .filter(each -> each.examples() >= own.examples() || !own.full())
        .forEach(bestFirst::add);
    List<Finalist<Configuration>> finalists =
        bestFirst.stream()
            .map(ConfigurationSummary::configuration)
            .filter(allowed)
            .map(each -> finalist(each, all))
            .toList();
    if (finalists.isEmpty()) {
      return all.unchosen();
    }
    FinalChoice<Configuration> choice =
        FinalChoice.of(finalists, all.metric(), all.tried(), all.tolerance());
    return new LastChoice(choice.chosen(), choice.checks(), choice.notes(), all.metric());
  }

  private static Finalist<Configuration> finalist(Configuration configuration, Candidates all) {
    return new Finalist<>(
        configuration,
        all.space().name(configuration),
        FullScore.valueOf(all.scores(), all.metric(), configuration),
        all.scores().observations(configuration, example -> true),
        all.tokens().mean(configuration));
  }

  /** The same run with another configuration, which no constraint or tolerance has chosen. */
  LastChoice instead(Configuration other) {
    return new LastChoice(other, List.of(), List.of(), metric);
  }

  /** Whether constraints are shown to be met, if there are any. */
  boolean holds() {
    return checks.stream().allMatch(Constraint.Check::met);
  }
}
