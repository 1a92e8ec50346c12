package dev.hone.optimize.copro;

import dev.hone.optimize.StateScore;
import java.util.Optional;

/**
 * An instruction that was tried for one predictor, while the others had the best ones found by
 * then.
 *
 * @param round from 1; 0 for the original
 * @param predictor the predictor's name
 * @param instruction the instruction
 * @param score what the program scored with it; empty if it could not be scored
 * @param improved whether it was better than all before it, and so was kept
 */
public record CoproAttempt(
    int round,
    String predictor,
    String instruction,
    Optional<StateScore> score,
    boolean improved) {}
