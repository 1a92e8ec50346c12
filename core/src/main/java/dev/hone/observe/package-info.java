/**
 * Events: what Hone notifies of while it works, which piece of work each belongs to, and when it
 * happened. Each package of Hone declares its own events; a listener is given all of them with the
 * metadata of the context they happened in.
 *
 * <p>Stability: may still change.
 */
@NullMarked
package dev.hone.observe;

import org.jspecify.annotations.NullMarked;
