package dev.hone.optimize.candidate;

/**
 * What an instruction was worth that a style gave.
 *
 * @param style how it was proposed
 * @param gain how much better it scored than the instruction that the predictor came with, examples
 *     and all else that was chosen with it taken into account; in standard deviations of the run's
 *     scores, so that programs and metrics compare
 * @param scores the number of scores that say so
 */
public record ProposalGain(ProposalStyle style, double gain, int scores) {}
