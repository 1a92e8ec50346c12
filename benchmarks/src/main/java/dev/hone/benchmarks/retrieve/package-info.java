/** How long retrieval takes, against reading the same memory. */
@NullMarked
package dev.hone.benchmarks.retrieve;

import org.jspecify.annotations.NullMarked;
