package dev.hone.metric;

import dev.hone.program.TraceStep;
import java.util.List;

/**
 * What a metric may also look at.
 *
 * @param purpose why it is asked
 * @param steps the calls of the program's predictors, in the order in which they ended
 */
public record MetricContext(Purpose purpose, List<TraceStep> steps) {
  /** Why a metric is asked. */
  public enum Purpose {
    /** To measure a program. */
    EVALUATE,
    /** To decide whether a run may become a demo; a metric may be stricter here. */
    BOOTSTRAP
  }
}
