/**
 * Compiled programs on Spark: as a function of SQL, as a column of a {@code Dataset}, over whole
 * archives with answers that are paid for once, and measured on data sets of any size.
 *
 * <p>Begin at {@link dev.hone.spark.HoneSpark}. What goes to the executors is data only: the text
 * of the program ({@link dev.hone.spark.SparkProgram}) and the name of the model with its limits
 * ({@link dev.hone.spark.SparkModel}). Keys of providers are read from the environment of each
 * executor.
 *
 * <p>Stability: may still change.
 */
@NullMarked
package dev.hone.spark;

import org.jspecify.annotations.NullMarked;
