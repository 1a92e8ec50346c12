package dev.hone.optimize.propose.choose;

import dev.hone.optimize.candidate.InstructionCandidate;

/**
 * An earlier instruction with the mean score of the trials that used it.
 *
 * @param candidate the instruction
 * @param scoreMean the mean score, as the metric gives it
 */
public record ScoredInstruction(InstructionCandidate candidate, double scoreMean) {}
