/**
 * What holds of Hone against a server of another maker, through {@code openai-compatible}; run by
 * {@code benchmarks/realserver/run}.
 */
@NullMarked
package dev.hone.benchmarks.realserver;

import org.jspecify.annotations.NullMarked;
