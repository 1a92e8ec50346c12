/**
 * Metrics: what scores an output against its example, the scores with their parts, and what a
 * metric sees of the run.
 *
 * <p>Stability: stable.
 */
@NullMarked
package dev.hone.metric;

import org.jspecify.annotations.NullMarked;
