/**
 * Programs: plain Java that composes predictors. A {@link dev.hone.program.Predict} is the leaf;
 * what is learnt about it is a {@link dev.hone.program.PredictorState}, and a {@link
 * dev.hone.program.ProgramState} maps the predictors of a program, by the path of fields that leads
 * to them, to their states. {@link dev.hone.program.ProgramRunner} runs one program under any of
 * them. A program with its state is {@link dev.hone.compiled.Compiled}, which is what is saved;
 * what its file holds is in docs/formats.md.
 *
 * <p>Stability: stable.
 */
@NullMarked
package dev.hone.program;

import org.jspecify.annotations.NullMarked;
