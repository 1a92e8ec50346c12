package dev.hone.optimize.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.optimize.search.Dimension.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A search that was stopped goes on where it was when it is given its scores again. */
class ReplayTest {
  private static final SearchSpace SPACE =
      new SearchSpace(
          List.of(new Dimension("p", Part.INSTRUCTIONS, 3), new Dimension("p", Part.DEMOS, 5)));
  private static final SearchProblem PROBLEM = SearchProblem.of(SPACE, Configuration.of(0, 0), 60);
  private static final SearchBudget BUDGET =
      SearchBudget.ofTrials(12).minibatchSize(20).fullEvaluationSteps(4).trialsInFlight(2);

  static Stream<Search> searches() {
    return Stream.of(Search.tpe(), Search.random(), Search.racing());
  }

  private static SearchRun start(Search search) {
    return search.start(PROBLEM, BUDGET, new SplittableRandom(5));
  }

  /** 1 or 0 at random; some are missing. */
  private static EvaluationScores evaluate(EvaluationRequest request) {
    List<OptionalDouble> scores = new ArrayList<>();
    for (int example : request.examples()) {
      double draw =
          new SplittableRandom(request.configuration().hashCode() * 1_009L + example).nextDouble();
      double truth =
          0.3 + 0.1 * request.configuration().choice(0) + 0.1 * request.configuration().choice(1);
      scores.add(
          example % 17 == 3 ? OptionalDouble.empty() : OptionalDouble.of(draw < truth ? 1 : 0));
    }
    return new EvaluationScores(request, scores);
  }

  @ParameterizedTest
  @MethodSource("searches")
  void goesOnWhereItWasStopped(Search search) {
    SearchRun whole = start(search);
    List<List<EvaluationScores>> history = new ArrayList<>();
    for (List<EvaluationRequest> asks = whole.ask(); !asks.isEmpty(); asks = whole.ask()) {
      List<EvaluationScores> scores = asks.stream().map(ReplayTest::evaluate).toList();
      whole.tell(scores);
      history.add(scores);
    }

    for (int stop = 0; stop < history.size(); stop += 3) {
      SearchRun resumed = start(search);
      for (List<EvaluationScores> scores : history.subList(0, stop)) {
        assertThat(resumed.ask())
            .isEqualTo(scores.stream().map(EvaluationScores::request).toList());
        resumed.tell(scores);
      }
      for (List<EvaluationScores> scores : history.subList(stop, history.size())) {
        assertThat(resumed.ask())
            .isEqualTo(scores.stream().map(EvaluationScores::request).toList());
        resumed.tell(resumedEvaluation(scores));
      }
      assertThat(resumed.ask()).isEmpty();
      assertThat(resumed.best()).isEqualTo(whole.best());
      assertThat(resumed.finishReason()).isEqualTo(whole.finishReason());
    }
  }

  private static List<EvaluationScores> resumedEvaluation(List<EvaluationScores> scores) {
    return scores.stream().map(EvaluationScores::request).map(ReplayTest::evaluate).toList();
  }
}
