package dev.hone.optimize.search;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Plays a search to its end against a surface of scores, and remembers what was asked. */
public final class Play {
  public final SearchRun run;
  public final List<List<EvaluationRequest>> batches = new ArrayList<>();
  private final Surface surface;

  public Play(SearchRun run, Surface surface) {
    this.run = run;
    this.surface = surface;
  }

  public static Play of(
      Search search, SearchProblem problem, SearchBudget budget, Surface surface) {
    return of(search, problem, budget, 1, surface);
  }

  public static Play of(
      Search search, SearchProblem problem, SearchBudget budget, long seed, Surface surface) {
    return new Play(search.start(problem, budget, new SplittableRandom(seed)), surface).toEnd();
  }

  /** One ask and tell; false at the end. */
  public boolean step() {
    List<EvaluationRequest> asks = run.ask();
    if (asks.isEmpty()) {
      return false;
    }
    batches.add(asks);
    run.tell(asks.stream().map(this::evaluate).toList());
    return true;
  }

  public Play toEnd() {
    while (step()) {
      if (batches.size() > 10_000) {
        throw new AssertionError("the search does not end");
      }
    }
    return this;
  }

  private EvaluationScores evaluate(EvaluationRequest ask) {
    return new EvaluationScores(
        ask, ask.examples().stream().map(example -> surface.score(ask, example)).toList());
  }

  public List<EvaluationRequest> asks() {
    return batches.stream().flatMap(List::stream).toList();
  }

  public List<EvaluationRequest> trials() {
    return asks().stream().filter(Play::isTrial).toList();
  }

  public List<EvaluationRequest> promoted() {
    return asks().stream()
        .filter(ask -> ask.choice() == EvaluationRequest.Choice.PROMOTED)
        .toList();
  }

  public static boolean isTrial(EvaluationRequest ask) {
    return ask.choice() != EvaluationRequest.Choice.BASELINE
        && ask.choice() != EvaluationRequest.Choice.PROMOTED;
  }

  public static SearchSpace space(int... choices) {
    List<Dimension> dimensions = new ArrayList<>();
    for (int d = 0; d < choices.length; d++) {
      Dimension.Part part = d % 2 == 0 ? Dimension.Part.INSTRUCTIONS : Dimension.Part.DEMOS;
      dimensions.add(new Dimension("predictor" + d / 2, part, choices[d]));
    }
    return new SearchSpace(dimensions);
  }

  public static SearchProblem problem(SearchSpace space, int examples) {
    return problem(space, Collections.nCopies(examples, "all"));
  }

  public static SearchProblem problem(SearchSpace space, List<String> strata) {
    Configuration baseline = Configuration.of(new int[space.dimensions().size()]);
    return SearchProblem.of(space, baseline, strata);
  }

  public static SearchBudget budget(int trials, Integer minibatchSize, int steps, int inFlight) {
    return SearchBudget.ofTrials(trials)
        .minibatchSize(minibatchSize)
        .fullEvaluationSteps(steps)
        .trialsInFlight(inFlight);
  }

  /** A number in 0..1 that only follows from its arguments. */
  public static double uniform(long seed, Configuration configuration, int example) {
    long mixed = seed * 31 + configuration.hashCode() * 1_000_003L + example;
    return new SplittableRandom(new SplittableRandom(mixed).nextLong()).nextDouble();
  }

  public static List<Integer> range(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  /** The score of an evaluation on an example; empty if there is none. */
  public interface Surface {
    OptionalDouble score(EvaluationRequest ask, int example);

    /** A surface of whole configurations with scores of 0 and 1, so that minibatches are noisy. */
    static Surface noisy(
        long seed, java.util.function.ToDoubleFunction<Configuration> probability) {
      return (ask, example) -> {
        double threshold = Play.uniform(seed, ask.configuration(), example);
        return OptionalDouble.of(
            threshold < probability.applyAsDouble(ask.configuration()) ? 1 : 0);
      };
    }

    /** A surface without noise. */
    static Surface exact(java.util.function.ToDoubleFunction<Configuration> score) {
      return (ask, example) -> OptionalDouble.of(score.applyAsDouble(ask.configuration()));
    }
  }
}
