/**
 * Events: what Hone tells while it works. Each package of Hone declares its own events; a listener
 * is told all of them with the metadata of the context they happened in.
 */
@NullMarked
package dev.hone.observe;

import org.jspecify.annotations.NullMarked;
