package dev.hone.optimize.candidate;

import dev.hone.prompt.Demo;
import java.util.List;

/**
 * A demo set that the search may give one predictor.
 *
 * @param origin where it comes from
 * @param demos its demos, in the order in which they are shown; empty for zero-shot
 */
public record DemoCandidate(Origin origin, List<Demo> demos) {
  /** Where a demo set comes from. */
  public enum Origin {
    /** No demos. */
    ZERO_SHOT,
    /** The demos that the program came with. */
    STUDENT,
    /** Labelled examples only. */
    LABELED,
    /** Successful runs, filled up with labelled examples. */
    BOOTSTRAPPED
  }

  /** Copies the demos. */
  public DemoCandidate {
    demos = List.copyOf(demos);
  }
}
