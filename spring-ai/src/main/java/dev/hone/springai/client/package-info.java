/**
 * Prompts of a {@code ChatClient} that exist already, optimized without a change to the
 * application.
 *
 * <p>{@link dev.hone.springai.client.ChatClientProgram} makes a program of what a piece of code
 * asks a {@code ChatClient}: its system text, its user template, what it takes and the class it
 * wants back. {@link dev.hone.springai.client.TunedPrompts} puts what an optimizer found under the
 * same code: a customizer of the {@code ChatClient.Builder}, which answers the calls of these
 * prompts and lets all others through.
 *
 * <p>Stability: may still change.
 */
@NullMarked
package dev.hone.springai.client;

import org.jspecify.annotations.NullMarked;
