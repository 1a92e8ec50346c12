package dev.hone.optimize.search;

import dev.hone.InvalidInputException;
import dev.hone.stats.TallyFormula;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a search is to solve: the best configuration of a space, by the mean of its scores over the
 * validation examples, or by a number of the whole set of them. Examples are known by index, 0 to
 * {@link #exampleCount()} - 1. Immutable.
 */
public final class SearchProblem {
  private static final double TOKENS = 1000;

  private final SearchSpace space;
  private final Configuration baseline;
  private final List<String> strata;
  private final ToDoubleFunction<Configuration> tokensPerRun;
  private final @Nullable TallyFormula objective;

  private SearchProblem(
      SearchSpace space,
      Configuration baseline,
      List<String> strata,
      ToDoubleFunction<Configuration> tokensPerRun,
      @Nullable TallyFormula objective) {
    this.space = space;
    this.baseline = baseline;
    this.strata = strata;
    this.tokensPerRun = tokensPerRun;
    this.objective = objective;
  }

  /**
   * A problem whose configurations all have the same prompt size.
   *
   * @param space the configurations
   * @param baseline the configuration that the program began with
   * @param strata a label per validation example; examples of equal labels are of one kind, and
   *     minibatches hold the kinds in proportion
   * @throws InvalidInputException if there are no examples
   * @throws IllegalArgumentException if the baseline is not one of the space
   */
  public static SearchProblem of(SearchSpace space, Configuration baseline, List<String> strata) {
    if (strata.isEmpty()) {
      throw InvalidInputException.of(
          "The validation set is empty", "pass more examples, or a valset");
    }
    if (baseline.choices().size() != space.dimensions().size()) {
      throw new IllegalArgumentException("baseline has another number of dimensions than space");
    }
    for (int d = 0; d < space.dimensions().size(); d++) {
      Objects.checkIndex(baseline.choice(d), space.dimensions().get(d).choices());
    }
    return new SearchProblem(space, baseline, List.copyOf(strata), configuration -> TOKENS, null);
  }

  /** A problem with a number of examples that are all of one kind. */
  public static SearchProblem of(SearchSpace space, Configuration baseline, int exampleCount) {
    return of(space, baseline, Collections.nCopies(exampleCount, ""));
  }

  /**
   * A copy that knows what an evaluation costs. Searches that weigh gains against costs count in
   * it, and of equal scores the cheaper configuration wins. Default: 1,000 for all.
   *
   * @param tokens the tokens of one run of the program under a configuration, prompt and
   *     completion, at least estimated; not negative
   */
  public SearchProblem tokensPerRun(ToDoubleFunction<Configuration> tokens) {
    return new SearchProblem(space, baseline, strata, tokens, objective);
  }

  /**
   * A copy whose configurations are compared by a number of the set of all their observations,
   * instead of the mean of their scores. {@link EvaluationScores} hold the observations then; see
   * {@link ScoreTable} for what searches see.
   */
  public SearchProblem objective(TallyFormula ofSets) {
    return new SearchProblem(space, baseline, strata, tokensPerRun, ofSets);
  }

  /** The number of a set that is maximized; empty where it is the mean of scores. */
  public Optional<TallyFormula> objective() {
    return Optional.ofNullable(objective);
  }

  /** The configurations. */
  public SearchSpace space() {
    return space;
  }

  /** The configuration that the program began with. */
  public Configuration baseline() {
    return baseline;
  }

  /** A label per validation example. */
  public List<String> strata() {
    return strata;
  }

  /** The tokens of one run of the program under a configuration, prompt and completion. */
  public double tokensPerRun(Configuration configuration) {
    return tokensPerRun.applyAsDouble(configuration);
  }

  /** The number of validation examples. */
  public int exampleCount() {
    return strata.size();
  }

  /** The indices of all validation examples, in order. */
  public List<Integer> examples() {
    return IntStream.range(0, strata.size()).boxed().toList();
  }

  /**
   * A request to evaluate a configuration on the whole validation set.
   *
   * @param trial its number, counting from 0 over the whole run
   */
  public EvaluationRequest fullEvaluation(
      int trial, Configuration configuration, EvaluationRequest.Choice choice) {
    return new EvaluationRequest(
        trial, EvaluationRequest.Kind.FULL, configuration, examples(), choice);
  }
}
