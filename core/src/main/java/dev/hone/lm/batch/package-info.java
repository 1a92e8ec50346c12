/**
 * Batch APIs of providers: many requests handed in at once, answered within a day, for about half
 * of the price.
 *
 * <p>{@link dev.hone.lm.batch.BatchedModel} is the way in: it makes a model of one that has a batch
 * API, gathers the calls that wait, and answers each of them when its batch has ended. {@link
 * dev.hone.lm.batch.BatchApi} is what a provider's module implements. Not to be confused with
 * {@code dev.hone.batch}, which runs a program over many rows, by whatever model.
 *
 * <p>Stability: may still change.
 */
@NullMarked
package dev.hone.lm.batch;

import org.jspecify.annotations.NullMarked;
