package dev.hone.optimize.choice;

import dev.hone.metric.Constraint;
import dev.hone.metric.CorpusMetric;
import dev.hone.optimize.run.FinalChoice;
import dev.hone.optimize.run.FinalChoice.Finalist;
import dev.hone.optimize.run.ReturnReason;
import dev.hone.optimize.run.TokensPerRun;
import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.ConfigurationSummary;
import dev.hone.optimize.search.LeadOverBaseline;
import dev.hone.optimize.search.LeadOverBaseline.Source;
import dev.hone.optimize.search.ScoreTable;
import dev.hone.optimize.search.SearchRun;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * What a search comes to, and the choice among it.
 *
 * @param search the search, at its end
 * @param baseline what the program began with, which is returned where nothing has a score
 * @param names what sentences call a configuration
 * @param examples all scores, to be compared on common examples
 * @param promptTokens the prompt tokens of a run of a configuration, in the mean, as the model
 *     reported them; empty if it did not
 * @param estimatedTokens the tokens of a run of a configuration, estimated
 * @param rules what the user asked for
 */
public record Candidates(
    SearchRun search,
    Configuration baseline,
    Function<Configuration, String> names,
    CommonExamples examples,
    Function<Configuration, OptionalDouble> promptTokens,
    ToDoubleFunction<Configuration> estimatedTokens,
    ChoiceRules rules) {

  /** Whether no constraint and no tolerance takes part in the choice. */
  public boolean isPlain() {
    return rules.cheapestWithin().isEmpty() && !constrained();
  }

  private boolean constrained() {
    return metric().filter(m -> !m.constraints().isEmpty()).isPresent();
  }

  private Optional<? extends CorpusMetric<?, ?>> metric() {
    return examples.metric();
  }

  private ScoreTable scores() {
    return examples.scores();
  }

  /** What the search itself would return; the baseline where it knows nothing. */
  public Configuration searched() {
    return search.bestSoFar().map(ConfigurationSummary::configuration).orElse(baseline);
  }

  /** What to call a configuration. */
  public String name(Configuration configuration) {
    return configuration.equals(baseline) ? "the program as given" : names.apply(configuration);
  }

  /** The choice among those that are allowed. */
  public LastChoice choose(Predicate<Configuration> allowed) {
    Optional<ConfigurationSummary> own = search.bestSoFar();
    if (own.isEmpty() || !comparable(own.get().configuration())) {
      return unchosen(ReturnReason.NOTHING_TO_COMPARE);
    }
    LastChoice choice =
        isPlain() ? cheapestOfEquals(own.get().configuration()) : byRules(own.get(), allowed);
    return keepsBaseline(choice)
        ? unchosen(ReturnReason.KEPT_BASELINE).insteadOf(choice.configuration())
        : choice;
  }

  private boolean comparable(Configuration configuration) {
    return configuration.equals(baseline) || !examples.of(configuration, baseline).isEmpty();
  }

  /** The baseline, where it is returned because nothing else may be. */
  public LastChoice unchosen(ReturnReason reason) {
    List<Constraint.Check> checks =
        metric().isPresent() && scores().count(baseline) > 0
            ? metric().get().check(scores().observations(baseline, example -> true), tried())
            : List.of();
    return new LastChoice(baseline, reason, baseline, checks, List.of());
  }

  private int tried() {
    long tried =
        scores().configurations().stream().filter(each -> scores().count(each) > 0).count();
    return Math.max(1, Math.toIntExact(tried));
  }

  /** Of what scored the same on every example the one with the fewest tokens. */
  private LastChoice cheapestOfEquals(Configuration own) {
    List<Configuration> equals = equalsOf(own);
    boolean reported =
        promptTokens.apply(own).isPresent()
            && equals.stream().allMatch(each -> promptTokens.apply(each).isPresent());
    Configuration cheapest =
        equals.stream()
            .min(
                Comparator.comparingDouble((Configuration each) -> tokensOf(each, reported))
                    .thenComparing(each -> !each.equals(baseline))
                    .thenComparing(names))
            .filter(each -> tokensOf(each, reported) < tokensOf(own, reported))
            .orElse(own);
    return LastChoice.of(
        cheapest,
        cheapest.equals(own)
            ? ReturnReason.HIGHEST_EXPECTED_SCORE
            : ReturnReason.CHEAPER_OF_EQUALS);
  }

  /**
   * What scored the same as a configuration on every example that it has a score on; none where
   * that is less than half of the validation set, which tells too few apart.
   */
  List<Configuration> equalsOf(Configuration configuration) {
    return 2 * examples.of(configuration).size() < scores().examples().size()
        ? List.of()
        : scores().configurations().stream()
            .filter(each -> !each.equals(configuration))
            .filter(each -> examples.sameOutcomes(each, configuration))
            .toList();
  }

  private double tokensOf(Configuration configuration, boolean reported) {
    return reported
        ? promptTokens.apply(configuration).orElseThrow()
        : estimatedTokens.applyAsDouble(configuration);
  }

  /** What a run of a configuration costs beside one of another. */
  TokensPerRun tokensBeside(Configuration before, Configuration after) {
    boolean reported =
        promptTokens.apply(before).isPresent() && promptTokens.apply(after).isPresent();
    return new TokensPerRun(tokensOf(before, reported), tokensOf(after, reported), reported);
  }

  /** What a run of the returned configuration costs beside one of the baseline. */
  public TokensPerRun tokensPerRun(Configuration returned) {
    return tokensBeside(baseline, returned);
  }

  private LastChoice byRules(ConfigurationSummary own, Predicate<Configuration> allowed) {
    List<ConfigurationSummary> bestFirst = new ArrayList<>(List.of(own));
    search.summaries().stream()
        .filter(each -> !each.configuration().equals(own.configuration()))
        .filter(each -> canStandFor(each, own))
        .forEach(bestFirst::add);
    List<Finalist<Configuration>> finalists =
        bestFirst.stream()
            .map(ConfigurationSummary::configuration)
            .filter(allowed)
            .map(each -> finalist(each, own))
            .toList();
    if (finalists.isEmpty()) {
      return unchosen(ReturnReason.MUST_PASS);
    }
    Configuration first = finalists.get(0).candidate();
    FinalChoice<Configuration> constrainedChoice =
        FinalChoice.of(finalists, metric(), tried(), OptionalDouble.empty());
    FinalChoice<Configuration> choice =
        rules.cheapestWithin().isEmpty()
            ? constrainedChoice
            : FinalChoice.of(finalists, metric(), tried(), rules.cheapestWithin());
    return new LastChoice(
        choice.chosen(),
        reason(own.configuration(), first, constrainedChoice.chosen(), choice.chosen()),
        choice.chosen(),
        choice.checks(),
        choice.notes());
  }

  private static ReturnReason reason(
      Configuration own, Configuration first, Configuration constrained, Configuration chosen) {
    if (!chosen.equals(constrained)) {
      return ReturnReason.CHEAPEST_WITHIN;
    }
    if (!chosen.equals(first)) {
      return ReturnReason.CONSTRAINTS;
    }
    return chosen.equals(own) ? ReturnReason.HIGHEST_EXPECTED_SCORE : ReturnReason.MUST_PASS;
  }

  /**
   * Constraints are tested on all examples, and where the search's choice has them all, others need
   * as many. Without constraints one that has all examples of the search's choice is enough.
   */
  private boolean canStandFor(ConfigurationSummary other, ConfigurationSummary own) {
    return constrained()
        ? other.full() && (other.examples() >= own.examples() || !own.full())
        : examples.covers(other.configuration(), own.configuration());
  }

  private Finalist<Configuration> finalist(Configuration configuration, ConfigurationSummary own) {
    List<Integer> compared =
        constrained() ? examples.of(configuration) : examples.of(own.configuration());
    return new Finalist<>(
        configuration,
        names.apply(configuration),
        examples.value(configuration, compared),
        scores().observations(configuration, example -> true),
        promptTokens.apply(configuration));
  }

  /**
   * How far a configuration is ahead of the baseline; empty for the baseline, and if no example has
   * a score of both.
   */
  public Optional<LeadOverBaseline> lead(Configuration configuration) {
    if (configuration.equals(baseline)) {
      return Optional.empty();
    }
    OptionalDouble modelled =
        configuration.equals(searched()) ? search.confidence() : OptionalDouble.empty();
    return examples
        .difference(configuration, baseline)
        .map(
            difference ->
                new LeadOverBaseline(
                    configuration,
                    difference,
                    modelled.orElse(difference.probabilityOfBetter()),
                    modelled.isPresent() ? Source.MODEL_OF_SEARCH : Source.PAIRED_DIFFERENCES));
  }

  /** Whether a configuration is better than the baseline with the probability asked for. */
  public boolean surpasses(Configuration configuration) {
    return rules.keepBaselineUnless().isEmpty()
        || lead(configuration)
            .filter(lead -> lead.probability() >= rules.keepBaselineUnless().getAsDouble())
            .isPresent();
  }

  /** A baseline that fails the constraints is not kept where they are met. */
  private boolean keepsBaseline(LastChoice choice) {
    return !choice.configuration().equals(baseline)
        && !surpasses(choice.configuration())
        && !(constrained() && choice.holds() && !unchosen(ReturnReason.KEPT_BASELINE).holds());
  }
}
