package dev.hone.report.data;

/**
 * What a run was to do; 0 where a number is not known.
 *
 * @param text the plan in words, as the optimizer says it; may be empty
 * @param trainExamples examples that it learns from
 * @param validationExamples examples that it chooses by
 * @param trials the trials it may make
 * @param search the name of the search; may be empty
 * @param maxCalls the most calls of models
 */
public record RunPlan(
    String text,
    int trainExamples,
    int validationExamples,
    int trials,
    String search,
    long maxCalls) {
  /** Nothing is known. */
  public static final RunPlan NONE = new RunPlan("", 0, 0, 0, "", 0);

  /** Fills in what is missing. */
  public RunPlan {
    text = Given.text(text);
    search = Given.text(search);
  }
}
