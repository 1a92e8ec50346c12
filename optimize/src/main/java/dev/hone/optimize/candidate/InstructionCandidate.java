package dev.hone.optimize.candidate;

import org.jspecify.annotations.Nullable;

/**
 * An instruction that the search may give one predictor.
 *
 * @param text the instruction
 * @param round the round in which it was proposed, from 1; 0 for the original
 * @param choice how it was proposed; null for the original
 */
public record InstructionCandidate(String text, int round, @Nullable ProposalChoice choice) {
  /** The instruction that the predictor came with. */
  public static InstructionCandidate original(String text) {
    return new InstructionCandidate(text, 0, null);
  }
}
