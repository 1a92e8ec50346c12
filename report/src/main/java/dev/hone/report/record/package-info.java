/** Gathers what is known of a run from its events, its result and its evaluations. */
@NullMarked
package dev.hone.report.record;

import org.jspecify.annotations.NullMarked;
