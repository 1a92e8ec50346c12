package dev.hone.optimize.candidate;

/**
 * What learning to propose chooses for a proposal, and what it learns about: who writes, by which
 * wording, with which tip and temperature.
 *
 * @param promptModel the id of the model
 * @param template the name of the wording
 * @param tip the tip; empty for none
 * @param temperature the temperature of the call
 */
public record ProposalStyle(String promptModel, String template, String tip, double temperature) {}
