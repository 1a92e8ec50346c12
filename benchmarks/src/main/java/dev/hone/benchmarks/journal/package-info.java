/** Runs that are killed, run out of disk or lose a part of their journal, and are resumed. */
@NullMarked
package dev.hone.benchmarks.journal;

import org.jspecify.annotations.NullMarked;
