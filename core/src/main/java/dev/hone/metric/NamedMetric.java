package dev.hone.metric;

import dev.hone.data.Example;

/** A metric under another name, with which its feedback begins. */
record NamedMetric<I, O>(String name, Metric<I, O> metric) implements Metric<I, O> {
  @Override
  public Score score(Example<I, O> example, O output, RunTrace run) {
    Score score = metric.score(example, output, run);
    return score.feedback().isEmpty() ? score : score.withFeedback(name + ": " + score.feedback());
  }

  @Override
  public boolean needsLabel() {
    return metric.needsLabel();
  }
}
