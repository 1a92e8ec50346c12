/**
 * Who calls, with what: an immutable {@link dev.hone.context.Context} holds the model, adapter,
 * options, metadata, interceptors, listeners and budget, is bound to a scope, and follows every
 * thread that Hone starts.
 */
@NullMarked
package dev.hone.context;

import org.jspecify.annotations.NullMarked;
