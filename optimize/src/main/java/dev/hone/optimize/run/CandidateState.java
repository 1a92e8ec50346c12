package dev.hone.optimize.run;

import dev.hone.program.ProgramState;

/**
 * A state that is a candidate, under a name.
 *
 * @param label what it is, in a phrase; events and notes use it
 * @param state what the program runs under
 */
public record CandidateState(String label, ProgramState state) {}
