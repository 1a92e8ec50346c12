/**
 * Measuring programs: the one engine that runs programs over examples, what becomes of each, and
 * scores with confidence intervals.
 */
@NullMarked
package dev.hone.evaluate;

import org.jspecify.annotations.NullMarked;
