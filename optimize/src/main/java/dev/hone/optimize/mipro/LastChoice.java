package dev.hone.optimize.mipro;

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
 * @param choice how it was chosen; empty where the search's own choice stands, or where nothing
 *     passed the must-pass examples
 * @param metric the metric, if it is one of sets
 */
record LastChoice(
    Configuration configuration,
    Optional<FinalChoice<Configuration>> choice,
    Optional<? extends CorpusMetric<?, ?>> metric) {

  /**
   * What a search comes to, and the choice among it.
   *
   * @param search the search, at its end
   * @param baseline what is returned where nothing has a score
   * @param scores all scores
   * @param metric the metric, if it is one of sets
   * @param tokens of prompts, per configuration
   * @param tolerance the loss that fewer tokens are worth
   */
  record Candidates(
      SearchRun search,
      Configuration baseline,
      ScoreTable scores,
      Optional<? extends CorpusMetric<?, ?>> metric,
      PromptTokens tokens,
      OptionalDouble tolerance) {

    /** The choice among those that are allowed. */
    LastChoice choose(Predicate<Configuration> allowed) {
      Optional<ConfigurationSummary> own = search.bestSoFar();
      boolean constrained = metric.filter(m -> !m.constraints().isEmpty()).isPresent();
      if (own.isEmpty() || !constrained && tolerance.isEmpty()) {
        return new LastChoice(
            own.map(ConfigurationSummary::configuration).orElse(baseline),
            Optional.empty(),
            metric);
      }
      return LastChoice.of(this, own.get(), allowed);
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
      return new LastChoice(all.baseline(), Optional.empty(), all.metric());
    }
    ScoreTable scores = all.scores();
    int tried =
        (int) scores.configurations().stream().filter(each -> scores.count(each) > 0).count();
    FinalChoice<Configuration> choice =
        FinalChoice.of(finalists, all.metric(), Math.max(1, tried), all.tolerance());
    return new LastChoice(choice.chosen(), Optional.of(choice), all.metric());
  }

  private static Finalist<Configuration> finalist(Configuration configuration, Candidates all) {
    return new Finalist<>(
        configuration,
        ReportText.name(configuration),
        FullScore.valueOf(all.scores(), all.metric(), configuration),
        all.scores().observations(configuration, example -> true),
        all.tokens().mean(configuration));
  }

  /** The same run with another configuration, which no constraint or tolerance has chosen. */
  LastChoice instead(Configuration other) {
    return new LastChoice(other, Optional.empty(), metric);
  }

  /** Whether constraints are shown to be met, if there are any. */
  boolean holds() {
    return choice.map(FinalChoice::constraintsMet).orElse(true);
  }
}
