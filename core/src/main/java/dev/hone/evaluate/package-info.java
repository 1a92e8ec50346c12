/**
 * Measuring programs: the one engine that runs programs over examples, what becomes of each, and
 * scores with confidence intervals.
 *
 * <p>Stability: stable.
 */
@NullMarked
package dev.hone.evaluate;

import org.jspecify.annotations.NullMarked;
