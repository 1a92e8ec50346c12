/**
 * What stands around the answer in a reply: headers, tags, fences, quotations, turns, thoughts. It
 * is told here which stretches of a reply are whole sets of output sections and what surrounds
 * each; which of them is the answer is decided in {@link dev.hone.adapter}.
 *
 * <p>All of it reads a reply in time that grows with its length, whatever the reply is.
 */
@NullMarked
package dev.hone.adapter.frame;

import org.jspecify.annotations.NullMarked;
