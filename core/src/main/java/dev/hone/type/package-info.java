/**
 * The types that the fields of a signature can have, with their limits.
 *
 * <p>Stability: may still change.
 */
@NullMarked
package dev.hone.type;

import org.jspecify.annotations.NullMarked;
