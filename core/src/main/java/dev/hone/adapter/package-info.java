/**
 * Between fields and messages. An {@link dev.hone.adapter.Adapter} renders a signature, its
 * instructions, demos and input into a request, as a pure function, and reads the fields out of the
 * reply: tolerant of how models write, strict about what it returns. The frame of a reply may be
 * repaired, its values never are: what can be read in two ways is refused with both readings.
 *
 * <p>Stability: may still change.
 */
@NullMarked
package dev.hone.adapter;

import org.jspecify.annotations.NullMarked;
