/**
 * A program's fields and tokens while its replies arrive.
 *
 * <p>{@link dev.hone.stream.ProgramStream} runs a program and tells {@link
 * dev.hone.stream.StreamPart}s, by a callback or as a {@code Flow.Publisher}: texts in stretches,
 * other values as soon as they are whole. What the program returns is what it returns without
 * streaming.
 *
 * <p>Stability: may still change.
 */
@NullMarked
package dev.hone.stream;

import org.jspecify.annotations.NullMarked;
