/**
 * Measuring programs: the one engine that runs programs over examples, what becomes of each, and
 * scores with confidence intervals, with notes on what they may hide. What cannot work ends early,
 * with what was found by then.
 *
 * <p>Stability: stable.
 */
@NullMarked
package dev.hone.evaluate;

import org.jspecify.annotations.NullMarked;
