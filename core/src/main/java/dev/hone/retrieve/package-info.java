/**
 * Retrieval: passages that are near a query. A {@link dev.hone.retrieve.Retriever} is a function
 * from a query to {@link dev.hone.retrieve.Passage}s with scores, of any store; {@link
 * dev.hone.retrieve.EmbeddingIndex} is one in memory over an {@link dev.hone.embed.Embedder},
 * exact, that is saved to a file and loaded from it. A program calls a retriever as any other code;
 * a model calls it as a tool, see {@code Tool.of} in {@code dev.hone.tool}.
 *
 * <p>Stability: may still change.
 */
@NullMarked
package dev.hone.retrieve;

import org.jspecify.annotations.NullMarked;
