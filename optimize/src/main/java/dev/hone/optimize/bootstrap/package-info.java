/**
 * Stage 1, demo sets: worked examples for each predictor, copied from labels or recorded from runs
 * of a teacher that the metric passed.
 */
@NullMarked
package dev.hone.optimize.bootstrap;

import org.jspecify.annotations.NullMarked;
