package dev.hone.datasets;

import dev.hone.metric.RunTrace;
import java.util.List;

/** Runs of no steps. */
final class TestRuns {
  static final RunTrace NONE = RunTrace.of(RunTrace.Purpose.EVALUATE, List.of());

  private TestRuns() {}
}
