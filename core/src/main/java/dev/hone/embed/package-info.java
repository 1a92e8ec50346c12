/**
 * Texts as vectors: the one small interface that embedders implement, and the vector as a value.
 */
@NullMarked
package dev.hone.embed;

import org.jspecify.annotations.NullMarked;
