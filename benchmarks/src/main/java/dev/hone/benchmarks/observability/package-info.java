/** A run seen from outside: traced over OTLP, and read back from what a collector wrote. */
@NullMarked
package dev.hone.benchmarks.observability;

import org.jspecify.annotations.NullMarked;
