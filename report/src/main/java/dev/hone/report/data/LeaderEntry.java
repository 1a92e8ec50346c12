package dev.hone.report.data;

import java.util.Map;

/**
 * What a search believed in at some time.
 *
 * @param choices the configuration by names; empty where it has none
 * @param label what it is, where it has no choices
 * @param score the mean of its scores so far
 * @param examples on how many distinct examples
 */
public record LeaderEntry(Map<String, Integer> choices, String label, double score, int examples) {
  /** Fills in what is missing. */
  public LeaderEntry {
    choices = Given.map(choices);
    label = Given.text(label);
    score = Given.finite(score);
  }
}
