/**
 * The way every call of a language model goes: cache, fallback, retry, limit on calls in flight,
 * provider; one {@link dev.hone.pipeline.LmPipeline} per model, however often it is given.
 *
 * <p>Stability: may still change.
 */
@NullMarked
package dev.hone.pipeline;

import org.jspecify.annotations.NullMarked;
