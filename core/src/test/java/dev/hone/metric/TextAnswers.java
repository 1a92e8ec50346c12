package dev.hone.metric;

import dev.hone.data.Example;
import java.util.List;

/** Answers that are texts, and the score of one. */
final class TextAnswers {
  private TextAnswers() {}

  record In(String text) {}

  record Out(String answer) {}

  static double score(Metric<In, Out> metric, String expected, String actual) {
    return metric
        .score(
            Example.of(new In("q"), new Out(expected)),
            new Out(actual),
            RunTrace.of(RunTrace.Purpose.EVALUATE, List.of()))
        .value();
  }
}
