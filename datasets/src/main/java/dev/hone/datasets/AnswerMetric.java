package dev.hone.datasets;

import dev.hone.data.Example;
import dev.hone.metric.Metric;
import dev.hone.metric.RunTrace;
import dev.hone.metric.Score;
import dev.hone.text.Excerpt;
import java.util.function.BiFunction;
import java.util.function.Function;

/** A metric of one text of the label and the same text of the output. */
record AnswerMetric<I, O>(
    String name,
    Function<? super O, String> getter,
    BiFunction<String, String, AnswerMetric.Verdict> comparison)
    implements Metric<I, O> {
  private static final int SHOWN = 80;

  /**
   * What a comparison found.
   *
   * @param right whether the answers are equivalent
   * @param expected the label's answer, as compared
   * @param found the output's, as compared
   */
  record Verdict(boolean right, String expected, String found) {}

  @Override
  public Score score(Example<I, O> example, O output, RunTrace run) {
    Verdict verdict = comparison.apply(getter.apply(example.expected()), getter.apply(output));
    return verdict.right()
        ? Score.of(1)
        : Score.of(
            0,
            "expected %s, found %s".formatted(shown(verdict.expected()), shown(verdict.found())));
  }

  private static String shown(String answer) {
    return answer.isEmpty() ? "nothing" : Excerpt.ofLine(answer, SHOWN);
  }

  @Override
  public boolean needsLabel() {
    return true;
  }

  @Override
  public String toString() {
    return "Metric[" + name + "]";
  }
}
