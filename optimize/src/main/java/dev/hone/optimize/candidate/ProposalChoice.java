package dev.hone.optimize.candidate;

/**
 * How one proposal is made: the proposal's hyperparameters, in the words of the MIPRO paper.
 *
 * @param tip the tip; empty for none
 * @param useSummary whether the summary of the dataset is given
 * @param useDescription whether the description of the program is given
 * @param demoSetIndex which of the predictor's demo sets is shown; -1 for none
 * @param temperature the temperature of the call
 */
public record ProposalChoice(
    String tip, boolean useSummary, boolean useDescription, int demoSetIndex, double temperature) {}
