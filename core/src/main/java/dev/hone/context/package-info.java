/**
 * Who calls, with what: an immutable {@link dev.hone.context.Context} holds the model, adapter,
 * options, metadata, interceptors, listeners and {@link dev.hone.context.Budget}, is bound by
 * {@code call} or {@code open}, and follows every thread that Hone starts. {@link
 * dev.hone.context.Usage} measures what a piece of code spends; {@link dev.hone.context.LmEvent} is
 * what happens to calls.
 *
 * <p>Stability: stable.
 */
@NullMarked
package dev.hone.context;

import org.jspecify.annotations.NullMarked;
