package dev.hone.optimize.candidate;

import dev.hone.optimize.OptimizerEvent;

/**
 * A step of the proposer ended.
 *
 * @param step what it was
 * @param predictor the predictor it was for; empty for the whole program
 * @param succeeded whether it brought something
 * @param detail what it brought, or why it failed
 */
public record ProposerEvent(Step step, String predictor, boolean succeeded, String detail)
    implements OptimizerEvent {
  /** The steps of the proposer. */
  public enum Step {
    /** The summary of the dataset. */
    DATASET_SUMMARY,
    /** The description of the program. */
    PROGRAM_DESCRIPTION,
    /** One instruction. */
    INSTRUCTION
  }
}
