/** A million rows from file to file: constant memory, and every row once though it is killed. */
@NullMarked
package dev.hone.benchmarks.batch;

import org.jspecify.annotations.NullMarked;
