/**
 * Jobs on Spark: {@link dev.hone.sparkjobs.ArchiveJob} is the example to begin with; the others are
 * run by {@code benchmarks/spark}.
 */
@NullMarked
package dev.hone.sparkjobs;

import org.jspecify.annotations.NullMarked;
