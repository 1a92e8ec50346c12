package dev.hone.optimize.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.optimize.search.Dimension.Part;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A search that was stopped goes on where it was when its results are told again. */
class ReplayTest {
  private static final SearchSpace SPACE =
      new SearchSpace(
          List.of(new Dimension("p", Part.INSTRUCTIONS, 3), new Dimension("p", Part.DEMOS, 5)));
  private static final SearchProblem PROBLEM =
      new SearchProblem(SPACE, Configuration.of(0, 0), Collections.nCopies(60, ""), c -> 0);
  private static final SearchBudget BUDGET = new SearchBudget(12, 20, 4, 1, 2, null, 0);

  static Stream<Search> searches() {
    return Stream.of(Search.tpe(), Search.random(), Search.racing());
  }

  private static SearchRun start(Search search) {
    return search.start(PROBLEM, BUDGET, new SplittableRandom(5));
  }

  /** 1 or 0 by chance; some are missing. */
  private static EvaluationScores evaluate(EvaluationRequest ask) {
    List<OptionalDouble> scores = new ArrayList<>();
    for (int example : ask.examples()) {
      double luck =
          new SplittableRandom(ask.configuration().hashCode() * 1_009L + example).nextDouble();
      double truth =
          0.3 + 0.1 * ask.configuration().choice(0) + 0.1 * ask.configuration().choice(1);
      scores.add(
          example % 17 == 3 ? OptionalDouble.empty() : OptionalDouble.of(luck < truth ? 1 : 0));
    }
    return new EvaluationScores(ask, scores);
  }

  @ParameterizedTest
  @MethodSource("searches")
  void goesOnWhereItWasStopped(Search search) {
    SearchRun whole = start(search);
    List<List<EvaluationScores>> history = new ArrayList<>();
    for (List<EvaluationRequest> asks = whole.ask(); !asks.isEmpty(); asks = whole.ask()) {
      List<EvaluationScores> told = asks.stream().map(ReplayTest::evaluate).toList();
      whole.tell(told);
      history.add(told);
    }

    for (int stop = 0; stop < history.size(); stop += 3) {
      SearchRun resumed = start(search);
      for (List<EvaluationScores> told : history.subList(0, stop)) {
        assertThat(resumed.ask()).isEqualTo(told.stream().map(EvaluationScores::ask).toList());
        resumed.tell(told);
      }
      for (List<EvaluationScores> told : history.subList(stop, history.size())) {
        assertThat(resumed.ask()).isEqualTo(told.stream().map(EvaluationScores::ask).toList());
        resumed.tell(resumedEvaluation(told));
      }
      assertThat(resumed.ask()).isEmpty();
      assertThat(resumed.best()).isEqualTo(whole.best());
      assertThat(resumed.finishReason()).isEqualTo(whole.finishReason());
    }
  }

  private static List<EvaluationScores> resumedEvaluation(List<EvaluationScores> told) {
    return told.stream().map(EvaluationScores::ask).map(ReplayTest::evaluate).toList();
  }
}
