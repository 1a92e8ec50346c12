/**
 * Rows of Spark as inputs, and what became of them as columns. Engine room: may change at any time.
 */
@NullMarked
package dev.hone.spark.column;

import org.jspecify.annotations.NullMarked;
