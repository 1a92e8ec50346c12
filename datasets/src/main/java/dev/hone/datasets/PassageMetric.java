package dev.hone.datasets;

import dev.hone.data.Example;
import dev.hone.metric.Metric;
import dev.hone.metric.RunTrace;
import dev.hone.metric.Score;
import dev.hone.text.Plural;
import java.util.Collection;
import java.util.function.Function;

/** Whether the label's answer stands in a passage of the output. */
record PassageMetric<I, O>(
    Function<? super O, String> answer, Function<? super O, ? extends Collection<String>> passages)
    implements Metric<I, O> {
  @Override
  public Score score(Example<I, O> example, O output, RunTrace run) {
    String expected = answer.apply(example.expected());
    Collection<String> found = passages.apply(output);
    return found.stream().anyMatch(passage -> Words.contains(passage, expected))
        ? Score.of(1)
        : Score.of(
            0, "%s is in none of %s".formatted(expected, Plural.of(found.size(), "passage")));
  }

  @Override
  public String name() {
    return "answer passage match";
  }

  @Override
  public boolean needsLabel() {
    return true;
  }
}
