package dev.hone.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hone.InvalidInputException;
import dev.hone.evaluate.Evaluation;
import dev.hone.judge.JudgedReplies.Reply;
import dev.hone.judge.JudgedReplies.Task;
import dev.hone.program.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LengthBiasTest {
  private static final int SEEDS = 200;
  private static final int SIZE = 40;

  /** Replies before and after a change of program. */
  private record Change(List<Reply> before, List<Reply> after) {
    static Change of(long seed, double betterBy, double longerBy) {
      SplittableRandom random = new SplittableRandom(seed);
      List<Reply> before = new ArrayList<>();
      List<Reply> after = new ArrayList<>();
      for (int i = 0; i < SIZE; i++) {
        double quality = 0.1 + 0.6 * random.nextDouble();
        double length = 100 + 400 * random.nextDouble();
        before.add(Reply.of(quality, length));
        after.add(Reply.of(quality + betterBy, length * (longerBy + 0.4 * random.nextDouble())));
      }
      return new Change(before, after);
    }

    JudgeComparison judgedBy(Program<Reply, Double> judge) {
      return JudgeComparison.of(
          JudgedReplies.evaluate(before, judge), JudgedReplies.evaluate(after, judge), Reply::text);
    }
  }

  private static long suspected(LongFunction<JudgeComparison> compare) {
    return IntStream.range(0, SEEDS).filter(seed -> compare.apply(seed).gainMayBeLength()).count();
  }

  @Test
  void aJudgeThatLikesLongTextsIsDetectedAndAFairOneIsNot() {
    long biased = 0;
    long fair = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      List<Reply> replies = Change.of(seed, 0, 1).before();
      biased += bias(replies, JudgedReplies.lovingLength(seed)).favoursLong() ? 1 : 0;
      fair += bias(replies, JudgedReplies.fair(seed)).favoursLong() ? 1 : 0;
    }

    assertThat(biased).isEqualTo(SEEDS);
    assertThat(fair / (double) SEEDS).isLessThan(0.06);
  }

  private static LengthBias bias(List<Reply> replies, Program<Reply, Double> judge) {
    return LengthBias.of(JudgedReplies.evaluate(replies, judge), Reply::text);
  }

  @Test
  void aGainThatIsLengthAloneIsWarnedOf() {
    assertThat(
            suspected(seed -> Change.of(seed, 0, 1.4).judgedBy(JudgedReplies.lovingLength(seed))))
        .isGreaterThan((long) (0.98 * SEEDS));

    JudgeComparison comparison = Change.of(1, 0, 1.4).judgedBy(JudgedReplies.lovingLength(1));
    assertThat(comparison.scores().interval().lower()).as("the judge is sure").isPositive();
    assertThat(comparison.toString().lines())
        .hasSize(4)
        .last()
        .asString()
        .startsWith("warning: the outputs are longer, and this judge gives longer ones higher");
  }

  @Test
  void aGainOfQualityThatComesWithLengthIsNotForAFairJudge() {
    assertThat(
            suspected(seed -> Change.of(seed, 0.2, 1.4).judgedBy(JudgedReplies.fair(seed)))
                / (double) SEEDS)
        .isLessThan(0.08);
    assertThat(Change.of(3, 0.2, 1.4).judgedBy(JudgedReplies.fair(3)))
        .asString()
        .contains("mean length ", " -> ", "rank correlation among examples ")
        .doesNotContain("warning");
  }

  @Test
  void aGainWithoutLengthIsNotThoughTheJudgeLikesLongTexts() {
    assertThat(
            suspected(seed -> Change.of(seed, 0.3, 0.8).judgedBy(JudgedReplies.lovingLength(seed)))
                / (double) SEEDS)
        .isLessThan(0.08);
  }

  @Test
  void aTextThatIsNullIsNamed() {
    Evaluation<Task, Reply> evaluation =
        JudgedReplies.evaluate(Change.of(1, 0, 1).before(), JudgedReplies.fair(1));

    assertThatThrownBy(() -> LengthBias.of(evaluation, reply -> null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("The text of an output is null");
  }

  @Test
  void aJudgeThatLikesShortTextsIsDetectedToo() {
    Program<Reply, Double> brief = reply -> 1 - Math.min(1, reply.text().length() / 700.0);

    JudgeComparison comparison = Change.of(4, 0, 0.5).judgedBy(brief);

    assertThat(bias(Change.of(4, 0, 1).before(), brief).favoursShort()).isTrue();
    assertThat(comparison.gainMayBeLength()).isTrue();
    assertThat(comparison).asString().contains("warning: the outputs are shorter");
  }

  @Test
  void lengthsAndScoresThatDoNotVaryAreStated() {
    Program<Reply, Double> fair = JudgedReplies.fair(0);
    List<Reply> alike = IntStream.range(0, 10).mapToObj(i -> Reply.of(i / 10.0, 50)).toList();
    List<Reply> growing = IntStream.range(0, 10).mapToObj(i -> Reply.of(0.5, 50 + 10 * i)).toList();

    assertThat(bias(alike, fair))
        .hasToString(
            "score against length: rank correlation undefined (all lengths are the same) on 10"
                + " outputs of 50 characters on average");
    assertThat(bias(growing, reply -> 1.0))
        .asString()
        .contains("undefined (all scores are the same)");
    assertThat(bias(growing.subList(0, 3), Reply::quality)).asString().contains("fewer than 4");
    assertThat(bias(alike, fair).favoursLong()).isFalse();
    JudgeComparison same = new Change(alike, alike).judgedBy(fair);
    assertThat(same.gainMayBeLength()).isFalse();
    assertThat(same.withinExamples()).isEmpty();
    assertThat(same.toString()).doesNotContain("NaN").contains("of the changes undefined (all");
  }

  @Test
  void equalScoresAndLengthsShareTheirRanks() {
    List<Reply> replies =
        List.of(
            Reply.of(0, 10), Reply.of(0, 10), Reply.of(1, 20), Reply.of(1, 20), Reply.of(1, 10));

    LengthBias bias = bias(replies, Reply::quality);

    // Ranks 2, 2, 4.5, 4.5, 2 and 1.5, 1.5, 4, 4, 4: 5 / sqrt(7.5 * 7.5).
    assertThat(bias.correlation().orElseThrow().value()).isCloseTo(5 / 7.5, within(1e-9));
    assertThat(bias.meanLength()).isCloseTo(14, within(1e-9));
  }

  @Test
  void outputsWithoutAScoreAreLeftOut() {
    Program<Reply, Double> strict =
        reply -> {
          if (reply.quality() == 0) {
            throw new IllegalStateException("not judged");
          }
          return reply.quality();
        };
    List<Reply> replies = IntStream.range(0, 6).mapToObj(i -> Reply.of(i / 10.0, 50 + i)).toList();

    Evaluation<Task, Reply> evaluation = JudgedReplies.evaluate(replies, strict);

    assertThat(LengthBias.of(evaluation, Reply::text).examples()).isEqualTo(5);
    assertThat(JudgeComparison.of(evaluation, evaluation, Reply::text).scores().examples())
        .isEqualTo(5);
    Evaluation<Task, Reply> fewer = JudgedReplies.evaluate(replies.subList(0, 4), strict);
    assertThatThrownBy(() -> JudgeComparison.of(evaluation, fewer, Reply::text))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("The two evaluations are not of the same examples");
  }
}
