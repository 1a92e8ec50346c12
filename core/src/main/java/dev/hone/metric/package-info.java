/** Metrics: what scores an output against its example. */
@NullMarked
package dev.hone.metric;

import org.jspecify.annotations.NullMarked;
