/**
 * Parquet files as datasets: {@link dev.hone.parquet.Parquet}.
 *
 * <p>Stability: may still change.
 */
@NullMarked
package dev.hone.parquet;

import org.jspecify.annotations.NullMarked;
