package dev.hone.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.evaluate.Evaluation;
import dev.hone.evaluate.Evaluator;
import dev.hone.metric.Metric;
import dev.hone.program.Program;
import java.util.List;
import org.junit.jupiter.api.Test;

class JoinedEvaluationsTest {
  record Question(String text) {}

  record Answer(String text) {}

  private static final Metric<Question, Answer> METRIC = Metric.exact(Answer::text);

  private static Dataset<Question, Answer> data(String... texts) {
    return Dataset.of(
        List.of(texts).stream()
            .map(text -> Example.of(new Question(text), new Answer(text)))
            .toList());
  }

  /** Right on the texts that are named, wrong on the others, fails on "bad". */
  private static Evaluation<Question, Answer> evaluate(
      Dataset<Question, Answer> data, String... right) {
    Program<Question, Answer> program =
        input -> {
          if (input.text().equals("bad")) {
            throw new IllegalStateException("bug");
          }
          return new Answer(List.of(right).contains(input.text()) ? input.text() : "wrong");
        };
    return Evaluator.of(data, METRIC).evaluate(program);
  }

  private static List<String> texts(List<JoinedEvaluations.Pair<Question, Answer>> pairs) {
    return pairs.stream().map(pair -> pair.after().example().input().text()).toList();
  }

  @Test
  void joinsByIdInWhateverOrderTheExamplesAre() {
    var before = evaluate(data("a", "b", "c", "d", "bad"), "a", "c");
    var after = evaluate(data("bad", "d", "c", "b", "a"), "b", "c", "d");

    var joined = JoinedEvaluations.of(before, after);

    assertThat(texts(joined.better())).containsExactlyInAnyOrder("b", "d");
    assertThat(texts(joined.worse())).containsExactly("a");
    assertThat(texts(joined.equal())).containsExactlyInAnyOrder("c", "bad");
    assertThat(joined.unscored()).isEmpty();
    assertThat(joined.unpaired()).isZero();
    assertThat(joined.pairs())
        .hasSize(5)
        .allMatch(pair -> pair.before().example().id().equals(pair.after().example().id()));
  }

  @Test
  void showsATableOfWhatIsWorseThenBetter() {
    var joined =
        JoinedEvaluations.of(
            evaluate(data("a", "b", "c"), "a"), evaluate(data("a", "b", "c"), "b"));

    List<String> lines = joined.table().lines().toList();
    assertThat(lines.get(0)).isEqualTo("better on 1, worse on 1, equal on 1 of 3 examples");
    assertThat(lines.get(1)).matches("input +expected +before +after +scores");
    assertThat(lines.get(2)).matches("a +a +a +wrong +1\\.000 -> 0\\.000");
    assertThat(lines.get(3)).matches("b +b +wrong +b +0\\.000 -> 1\\.000");
    assertThat(lines).hasSize(4);
    assertThat(joined.table(1)).endsWith("(1 of 2 examples that differ are shown)");
    assertThat(joined).hasToString(joined.table());
  }

  @Test
  void countsWhatOnlyOneHasAndJoinsEqualExamplesAsOftenAsBothHaveThem() {
    var joined =
        JoinedEvaluations.of(
            evaluate(data("a", "a", "b"), "a"), evaluate(data("a", "c", "c"), "a"));

    assertThat(texts(joined.pairs())).containsExactly("a");
    assertThat(joined.unpaired()).isEqualTo(4);
    assertThat(joined.table()).contains("equal on 1 of 1 example, 4 in one evaluation only");
  }

  @Test
  void refusesEvaluationsWithoutACommonExample() {
    assertThatThrownBy(
            () -> JoinedEvaluations.of(evaluate(data("a"), "a"), evaluate(data("b"), "b")))
        .hasMessageContainingAll("no example in common", "Maybe evaluate both");
  }
}
