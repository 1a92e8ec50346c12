package dev.hone.optimize.candidate;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the search may say of the tools of one predictor.
 *
 * @param descriptions by the names of the tools; a tool that is not there has its own
 * @param proposed whether the proposer wrote it; else it is what the predictor came with
 */
public record ToolDescriptionCandidate(Map<String, String> descriptions, boolean proposed) {
  /** Copies the map. */
  public ToolDescriptionCandidate {
    descriptions = Collections.unmodifiableMap(new TreeMap<>(descriptions));
  }

  /** What the predictor came with. */
  public static ToolDescriptionCandidate original(Map<String, String> descriptions) {
    return new ToolDescriptionCandidate(descriptions, false);
  }
}
