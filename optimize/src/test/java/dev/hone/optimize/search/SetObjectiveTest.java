package dev.hone.optimize.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hone.optimize.search.racing.RacingSearch;
import dev.hone.stats.ClassPair;
import dev.hone.stats.ConfusionFormula;
import dev.hone.stats.ObservationTally;
import dev.hone.stats.TallyFormula;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Searches for a number of a whole set, where one example in ten is of the rare class. */
class SetObjectiveTest {
  private static final int EXAMPLES = 200;

  /** Macro-F1 as a formula that is given lists and no weights. */
  private static final TallyFormula OF_LISTS =
      tally -> ConfusionFormula.macroF1().value(ObservationTally.of(tally.list()));

  static Stream<TallyFormula> formulas() {
    return Stream.of(
        ConfusionFormula.macroF1(),
        ConfusionFormula.f1Of(true),
        ConfusionFormula.recallOf(true),
        ConfusionFormula.matthews(),
        ConfusionFormula.kappa(),
        OF_LISTS);
  }

  @ParameterizedTest
  @MethodSource("formulas")
  void theMeanOfThePseudoScoresIsTheValueOfACompleteSet(TallyFormula formula) {
    SplittableRandom random = new SplittableRandom(3);
    ScoreTable table = table(formula);
    for (int choice = 0; choice < 4; choice++) {
      put(table, choice, 0, EXAMPLES, random);
    }

    for (int choice = 0; choice < 4; choice++) {
      Configuration configuration = Configuration.of(choice, 0);
      double value = formula.value(table.observations(configuration, example -> true));
      double mean = Arrays.stream(table.modelScores(configuration)).average().orElseThrow();
      assertThat(mean).isCloseTo(value, within(1e-9));
      assertThat(table.mean(configuration).getAsDouble()).isCloseTo(value, within(1e-9));
    }
  }

  @ParameterizedTest
  @MethodSource("formulas")
  void theMeanOfThePseudoScoresIsTheMeanThatAnIncompleteConfigurationHas(TallyFormula formula) {
    SplittableRandom random = new SplittableRandom(4);
    ScoreTable table = table(formula);
    put(table, 0, 0, EXAMPLES, random);
    put(table, 1, 0, 60, random);
    Configuration incomplete = Configuration.of(1, 0);
    double before = table.mean(incomplete).getAsDouble();

    put(table, 2, 0, EXAMPLES, random);

    double[] scores =
        Arrays.stream(table.modelScores(incomplete)).filter(s -> !Double.isNaN(s)).toArray();
    assertThat(scores).hasSize(60);
    assertThat(Arrays.stream(scores).average().orElseThrow())
        .isCloseTo(table.mean(incomplete).getAsDouble(), within(1e-9));
    if (formula == OF_LISTS) {
      assertThat(before)
          .isCloseTo(formula.value(table.observations(incomplete, example -> true)), within(1e-9));
    }
  }

  /** What the race takes for the noise of a mean is the noise of the value. */
  @Test
  void theVarianceOfThePseudoScoresIsThatOfTheValue() {
    SplittableRandom random = new SplittableRandom(5);
    double[] values = new double[400];
    double estimated = 0;
    for (int i = 0; i < values.length; i++) {
      ScoreTable table = table(ConfusionFormula.macroF1());
      put(table, 0, 0, EXAMPLES, random);
      double[] scores = table.modelScores(Configuration.of(0, 0));
      values[i] = table.mean(Configuration.of(0, 0)).getAsDouble();
      double squares = Arrays.stream(scores).map(s -> s - values[0]).map(s -> s * s).sum();
      double mean = Arrays.stream(scores).average().orElseThrow() - values[0];
      estimated += (squares / EXAMPLES - mean * mean) / EXAMPLES / values.length;
    }

    double mean = Arrays.stream(values).average().orElseThrow();
    double variance =
        Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1);
    assertThat(estimated / variance).isBetween(0.8, 1.25);
  }

  @Test
  void leftOutExamplesCountForNoSet() {
    ScoreTable table = table(ConfusionFormula.recallOf(true));
    List<Optional<Object>> observed = new ArrayList<>(all(new SplittableRandom(1), 0));
    List<OptionalDouble> scores =
        new ArrayList<>(Collections.nCopies(EXAMPLES, OptionalDouble.of(0)));
    for (int i = 0; i < 20; i++) {
      scores.set(i, OptionalDouble.empty());
      observed.set(i, Optional.empty());
    }
    table.put(new EvaluationScores(request(0, 0, EXAMPLES), scores, observed));

    assertThat(table.leaveOutUnscored(Configuration.of(0, 0))).isEqualTo(20);

    Configuration baseline = Configuration.of(0, 0);
    assertThat(table.isComplete(baseline)).isTrue();
    assertThat(table.mean(baseline).getAsDouble())
        .isCloseTo(
            ConfusionFormula.recallOf(true).value(table.observations(baseline, e -> true)),
            within(1e-9));
  }

  @Test
  void anObjectiveNeedsObservations() {
    ScoreTable table = table(ConfusionFormula.macroF1());

    assertThatThrownBy(
            () -> table.put(new EvaluationScores(request(0, 0, 1), List.of(OptionalDouble.of(1)))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("observations");
  }

  static Stream<Search> searches() {
    // a race that spends as much as the others
    return Stream.of(
        RacingSearch.defaults().budgetFraction(1).pointsPerThousandTokens(0).wholeValset(true),
        Search.tpe(),
        Search.random());
  }

  /**
   * The second choice of each dimension finds more of the rare class and errs more on the others:
   * accuracy falls, macro-F1 rises.
   */
  @ParameterizedTest
  @MethodSource("searches")
  void eachSearchReturnsTheBestByTheValueAndNotByTheMean(Search search) {
    for (long seed = 1; seed <= 5; seed++) {
      Planted planted = new Planted(seed);

      Configuration byValue = planted.play(search, Optional.of(ConfusionFormula.macroF1()), seed);
      Configuration byMean = planted.play(search, Optional.empty(), seed);

      assertThat(byValue).isEqualTo(planted.best(ConfusionFormula.macroF1()::value));
      assertThat(byValue).isEqualTo(Configuration.of(2, 1));
      assertThat(byMean).isNotEqualTo(byValue);
    }
  }

  /**
   * A surface on which each configuration has exactly its rates on the whole validation set, and
   * luck of its own on parts of it.
   */
  private static final class Planted {
    private final SearchSpace space = Play.space(4, 4);
    private final long seed;

    Planted(long seed) {
      this.seed = seed;
    }

    private ClassPair answer(Configuration configuration, int example) {
      int sensitive =
          (configuration.choice(0) == 2 ? 1 : 0) + (configuration.choice(1) == 1 ? 1 : 0);
      double rate = rare(example) ? 0.05 + 0.475 * sensitive : 0.02 + 0.06 * sensitive;
      return new ClassPair(rare(example), luck(configuration)[example] < rate);
    }

    /** Evenly spread over 0 to 1 within each class, in an order of the configuration's own. */
    private double[] luck(Configuration configuration) {
      return lucks.computeIfAbsent(
          configuration,
          key -> {
            double[] luck = new double[EXAMPLES];
            List<Integer> order = new ArrayList<>(IntStream.range(0, EXAMPLES).boxed().toList());
            Collections.shuffle(order, new Random(seed * 1_000 + key.hashCode()));
            int[] met = new int[2];
            for (int example : order) {
              int size = rare(example) ? EXAMPLES / 10 : EXAMPLES * 9 / 10;
              luck[example] = (met[rare(example) ? 1 : 0]++ + 0.5) / size;
            }
            return luck;
          });
    }

    private final Map<Configuration, double[]> lucks = new HashMap<>();

    Configuration best(ToDoubleFunction<ObservationTally> value) {
      return LongStream.range(0, space.size())
          .mapToObj(space::at)
          .max(
              Comparator.comparingDouble(
                  configuration ->
                      value.applyAsDouble(
                          ObservationTally.of(
                              IntStream.range(0, EXAMPLES)
                                  .mapToObj(e -> (Object) answer(configuration, e))
                                  .toList()))))
          .orElseThrow();
    }

    Configuration play(Search search, Optional<TallyFormula> formula, long seed) {
      List<String> strata =
          IntStream.range(0, EXAMPLES).mapToObj(i -> String.valueOf(rare(i))).toList();
      SearchProblem problem = SearchProblem.of(space, Configuration.of(0, 0), strata);
      SearchRun run =
          search.start(
              formula.map(problem::objective).orElse(problem),
              Play.budget(16, 80, 5, 2),
              new SplittableRandom(seed));
      for (List<EvaluationRequest> asks = run.ask(); !asks.isEmpty(); asks = run.ask()) {
        run.tell(asks.stream().map(this::evaluate).toList());
      }
      return run.best().orElseThrow().configuration();
    }

    private EvaluationScores evaluate(EvaluationRequest ask) {
      List<ClassPair> answers =
          ask.examples().stream().map(e -> answer(ask.configuration(), e)).toList();
      return new EvaluationScores(
          ask,
          answers.stream().map(SetObjectiveTest::score).toList(),
          answers.stream().map(answer -> Optional.<Object>of(answer)).toList());
    }
  }

  private static boolean rare(int example) {
    return example % 10 == 0;
  }

  private static OptionalDouble score(ClassPair answer) {
    return OptionalDouble.of(Objects.equals(answer.expected(), answer.actual()) ? 1 : 0);
  }

  private static ScoreTable table(TallyFormula formula) {
    return new ScoreTable(Play.problem(Play.space(4, 1), EXAMPLES).objective(formula));
  }

  private static EvaluationRequest request(int choice, int from, int to) {
    return new EvaluationRequest(
        0,
        EvaluationRequest.Kind.MINIBATCH,
        Configuration.of(choice, 0),
        IntStream.range(from, to).boxed().toList(),
        EvaluationRequest.Choice.GUIDED);
  }

  private static List<Optional<Object>> all(SplittableRandom random, int from) {
    return IntStream.range(from, EXAMPLES)
        .mapToObj(
            i ->
                Optional.<Object>of(
                    new ClassPair(rare(i), random.nextDouble() < (rare(i) ? 0.6 : 0.1))))
        .toList();
  }

  private static void put(ScoreTable table, int choice, int from, int to, SplittableRandom random) {
    List<Optional<Object>> observed = all(random, from).subList(0, to - from);
    table.put(
        new EvaluationScores(
            request(choice, from, to),
            observed.stream().map(each -> score((ClassPair) each.orElseThrow())).toList(),
            observed));
  }
}
