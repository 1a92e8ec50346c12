package dev.hone.optimize.propose.choose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.Dimension;
import dev.hone.optimize.search.EvaluationRequest;
import dev.hone.optimize.search.EvaluationScores;
import dev.hone.optimize.search.ScoreTable;
import dev.hone.optimize.search.SearchProblem;
import dev.hone.optimize.search.SearchSpace;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class InstructionGainsTest {
  private static final SearchSpace SPACE =
      new SearchSpace(
          List.of(
              new Dimension("p", Dimension.Part.INSTRUCTIONS, 3),
              new Dimension("p", Dimension.Part.DEMOS, 2)));

  private static void put(
      ScoreTable table,
      int instruction,
      int demos,
      List<Integer> on,
      ToDoubleFunction<int[]> score) {
    Configuration configuration = new Configuration(List.of(instruction, demos));
    EvaluationRequest request =
        new EvaluationRequest(
            0,
            EvaluationRequest.Kind.MINIBATCH,
            configuration,
            on,
            EvaluationRequest.Choice.GUIDED);
    table.put(
        new EvaluationScores(
            request,
            on.stream()
                .map(
                    example ->
                        OptionalDouble.of(
                            score.applyAsDouble(new int[] {instruction, demos, example})))
                .toList()));
  }

  private static ScoreTable table() {
    return new ScoreTable(
        SearchProblem.of(SPACE, new Configuration(List.of(0, 0)), Collections.nCopies(40, "")));
  }

  private static List<Integer> range(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }

  @Test
  void takesHardExamplesAndGoodDemosIntoAccount() {
    // Instruction 1 is better by 0.2, but was tried on the hard half without demos; instruction 2
    // is
    // as good as the original, but was tried on the easy half with good demos.
    ToDoubleFunction<int[]> score =
        it -> (it[2] < 20 ? 0.1 : 0.6) + (it[0] == 1 ? 0.2 : 0) + (it[1] == 1 ? 0.3 : 0);
    ScoreTable table = table();
    put(table, 0, 0, range(0, 40), score);
    put(table, 0, 1, range(0, 40), score);
    put(table, 1, 0, range(0, 20), score);
    put(table, 2, 1, range(20, 40), score);

    InstructionGains gains = InstructionGains.of(table);

    double unit = gains.gain(0, 1) / 0.2;
    assertThat(gains.gain(0, 1)).isGreaterThan(0.4);
    assertThat(gains.gain(0, 2) / unit).isCloseTo(0, Offset.offset(0.03));
    assertThat(gains.gain(1, 1) / unit).isCloseTo(0.3, Offset.offset(0.05));
    assertThat(gains.scores(0, 1)).isEqualTo(20);
  }

  @Test
  void saysNothingWhereAllScoresAreAlike() {
    ScoreTable table = table();
    put(table, 0, 0, range(0, 40), it -> 1);
    put(table, 1, 0, range(0, 40), it -> 1);

    InstructionGains gains = InstructionGains.of(table);

    assertThat(gains.scores(0, 1)).isZero();
    assertThat(gains.scores(0, 2)).isZero();
  }
}
