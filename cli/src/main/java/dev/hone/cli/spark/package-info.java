/** Runs on Spark: finds the installation that {@code SPARK_HOME} names, and starts it. */
@NullMarked
package dev.hone.cli.spark;

import org.jspecify.annotations.NullMarked;
