/**
 * Retrieval: passages that are near a query, from an in-memory index over an {@link
 * dev.hone.embed.Embedder} or from any other store.
 *
 * <p>Stability: may still change.
 */
@NullMarked
package dev.hone.retrieve;

import org.jspecify.annotations.NullMarked;
