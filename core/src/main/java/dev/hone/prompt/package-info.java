/**
 * What a call is made of before an adapter renders it. A {@link dev.hone.prompt.Prompt} has a
 * signature, instructions, {@link dev.hone.prompt.Demo}s, the input, and for agents the tools, a
 * tool that must be called, and advice. A {@link dev.hone.prompt.DemoSelection} chooses the demos
 * of one call. The {@link dev.hone.prompt.Trajectory} of an agent is one of the inputs: turns, each
 * of a thought, calls and their results. Made by predictors; users read it in adapters of their own
 * and in what they keep of an agent's runs.
 *
 * <p>Stability: may still change.
 */
@NullMarked
package dev.hone.prompt;

import org.jspecify.annotations.NullMarked;
