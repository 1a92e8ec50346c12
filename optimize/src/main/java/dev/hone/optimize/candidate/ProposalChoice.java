package dev.hone.optimize.candidate;

/**
 * How one proposal is made: the proposal's hyperparameters, in the words of the MIPRO paper.
 *
 * @param tip the tip; empty for none
 * @param useSummary whether the summary of the dataset is given
 * @param useDescription whether the description of the program is given
 * @param demoSetIndex which of the predictor's demo sets is shown; -1 for none
 * @param temperature the temperature of the call
 * @param promptModel the id of the model that writes; empty where there is no choice of several
 * @param template the name of the wording; empty where there is no choice of several
 * @param useErrors whether it is shown what the program gets wrong
 */
public record ProposalChoice(
    String tip,
    boolean useSummary,
    boolean useDescription,
    int demoSetIndex,
    double temperature,
    String promptModel,
    String template,
    boolean useErrors) {
  /** A choice that is not shown what the program gets wrong. */
  public ProposalChoice(
      String tip,
      boolean useSummary,
      boolean useDescription,
      int demoSetIndex,
      double temperature,
      String promptModel,
      String template) {
    this(tip, useSummary, useDescription, demoSetIndex, temperature, promptModel, template, false);
  }

  /** A choice where there is one model and one wording. */
  public ProposalChoice(
      String tip,
      boolean useSummary,
      boolean useDescription,
      int demoSetIndex,
      double temperature) {
    this(tip, useSummary, useDescription, demoSetIndex, temperature, "", "");
  }

  /** A copy by another model, wording, tip and temperature. */
  public ProposalChoice withStyle(
      ProposalStyle style, boolean severalModels, boolean severalTemplates) {
    return new ProposalChoice(
        style.tip(),
        useSummary,
        useDescription,
        demoSetIndex,
        style.temperature(),
        severalModels ? style.promptModel() : "",
        severalTemplates ? style.template() : "",
        useErrors);
  }

  /** A copy that is shown what the program gets wrong, or not. */
  public ProposalChoice withErrors(boolean value) {
    return new ProposalChoice(
        tip, useSummary, useDescription, demoSetIndex, temperature, promptModel, template, value);
  }
}
