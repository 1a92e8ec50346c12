/**
 * Measuring programs: the one engine that runs programs over examples, outcomes as a sealed family,
 * and scores with confidence intervals.
 */
@NullMarked
package dev.hone.evaluate;

import org.jspecify.annotations.NullMarked;
