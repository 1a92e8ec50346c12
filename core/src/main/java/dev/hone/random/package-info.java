/**
 * Randomness from one seed: a generator of its own for each purpose, and the shuffle that all of
 * Hone uses.
 *
 * <p>Stability: may still change.
 */
@NullMarked
package dev.hone.random;

import org.jspecify.annotations.NullMarked;
