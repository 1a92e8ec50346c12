package dev.hone.metric;

import dev.hone.data.Example;
import java.util.function.BiFunction;

/** A metric that looks at the label and the output alone. */
record LabelMetric<I, O>(BiFunction<? super O, ? super O, Score> scorer) implements Metric<I, O> {
  @Override
  public Score score(Example<I, O> example, O output, RunTrace run) {
    return scorer.apply(example.expected(), output);
  }

  @Override
  public boolean needsLabel() {
    return true;
  }
}
