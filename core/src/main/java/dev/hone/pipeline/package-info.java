/**
 * The way every call of a language model goes: cache, retry, limit on calls in flight, provider.
 */
@NullMarked
package dev.hone.pipeline;

import org.jspecify.annotations.NullMarked;
