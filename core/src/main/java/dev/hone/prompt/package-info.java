/**
 * What a call is made of before it is rendered: a {@link dev.hone.prompt.Prompt} of a signature,
 * instructions, {@link dev.hone.prompt.Demo}s, the input, and tools; and the {@link
 * dev.hone.prompt.Trajectory} of an agent, which is one of the inputs.
 *
 * <p>Stability: may still change.
 */
@NullMarked
package dev.hone.prompt;

import org.jspecify.annotations.NullMarked;
