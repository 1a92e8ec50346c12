/**
 * Texts as vectors: the one small interface that embedders implement, and the vector as a value.
 *
 * <p>Stability: may still change.
 */
@NullMarked
package dev.hone.embed;

import org.jspecify.annotations.NullMarked;
