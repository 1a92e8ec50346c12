package dev.hone.report.data;

import java.util.List;
import java.util.Map;

/**
 * What a search had to choose from.
 *
 * @param instructions the instructions of each predictor, by their numbers from 0
 * @param demoSets the demo sets of each predictor, by their numbers from 0
 * @param configurations every configuration that was tried, best first
 */
public record CandidateEntries(
    Map<String, List<InstructionEntry>> instructions,
    Map<String, List<DemoSetEntry>> demoSets,
    List<ConfigurationEntry> configurations) {
  /** Nothing. */
  public static final CandidateEntries NONE = new CandidateEntries(Map.of(), Map.of(), List.of());

  /** Fills in what is missing. */
  public CandidateEntries {
    instructions = Given.map(instructions);
    demoSets = Given.map(demoSets);
    configurations = Given.list(configurations);
  }

  /**
   * An instruction.
   *
   * @param text the instruction
   * @param origin where it comes from, in a phrase
   */
  public record InstructionEntry(String text, String origin) {
    /** Fills in what is missing. */
    public InstructionEntry {
      text = Given.text(text);
      origin = Given.text(origin);
    }
  }

  /**
   * A demo set.
   *
   * @param origin where it comes from, in a phrase
   * @param demos its demos as JSON, in order
   */
  public record DemoSetEntry(String origin, List<String> demos) {
    /** Fills in what is missing. */
    public DemoSetEntry {
      origin = Given.text(origin);
      demos = Given.list(demos);
    }
  }

  /**
   * What is known of a configuration.
   *
   * @param choices the number of what was chosen by its name
   * @param score the mean of its scores
   * @param examples on how many distinct examples
   * @param full whether these are all
   */
  public record ConfigurationEntry(
      Map<String, Integer> choices, double score, int examples, boolean full) {
    /** Fills in what is missing. */
    public ConfigurationEntry {
      choices = Given.map(choices);
      score = Given.finite(score);
    }
  }
}
