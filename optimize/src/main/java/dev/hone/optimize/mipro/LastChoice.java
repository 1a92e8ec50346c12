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

/**
 * Which configuration is returned: the one that the search chose, or where the metric has
 * constraints or the settings a tolerance, what {@link FinalChoice} makes of the complete ones.
 *
 * @param choice the choice; empty where the search's own stands
 * @param metric the metric, if it is one of sets
 */
record LastChoice(
    Optional<FinalChoice<Configuration>> choice, Optional<? extends CorpusMetric<?, ?>> metric) {

  static LastChoice of(
      SearchRun search,
      ScoreTable scores,
      Optional<? extends CorpusMetric<?, ?>> metric,
      PromptTokens tokens,
      OptionalDouble tolerance) {
    boolean constrained = metric.filter(m -> !m.constraints().isEmpty()).isPresent();
    Optional<ConfigurationSummary> own = search.bestSoFar();
    if (own.isEmpty() || !constrained && tolerance.isEmpty()) {
      return new LastChoice(Optional.empty(), metric);
    }
    List<ConfigurationSummary> bestFirst = new ArrayList<>(List.of(own.get()));
    search.summaries().stream()
        .filter(each -> each.full() && !each.configuration().equals(own.get().configuration()))
        .filter(each -> each.examples() >= own.get().examples() || !own.get().full())
        .forEach(bestFirst::add);
    List<Finalist<Configuration>> finalists =
        bestFirst.stream()
            .map(each -> finalist(each.configuration(), scores, metric, tokens))
            .toList();
    int tried =
        (int) scores.configurations().stream().filter(each -> scores.count(each) > 0).count();
    return new LastChoice(
        Optional.of(FinalChoice.of(finalists, metric, Math.max(1, tried), tolerance)), metric);
  }

  private static Finalist<Configuration> finalist(
      Configuration configuration,
      ScoreTable scores,
      Optional<? extends CorpusMetric<?, ?>> metric,
      PromptTokens tokens) {
    return new Finalist<>(
        configuration,
        ReportText.name(configuration),
        FullScore.valueOf(scores, metric, configuration),
        scores.observations(configuration, example -> true),
        tokens.mean(configuration));
  }

  /** What is returned, where the search's own choice does not stand. */
  Optional<Configuration> configuration() {
    return choice.map(FinalChoice::chosen);
  }
}
