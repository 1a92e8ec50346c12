/**
 * Programs over many rows: {@link dev.hone.batch.BatchRun} runs one over a dataset, or streams from
 * file to file in constant memory, resumed where it ended. Every row ends as answered, refused or
 * failed ({@link dev.hone.batch.BatchRow}), in order, with what it cost; one bad row never costs
 * another. {@link dev.hone.batch.BatchReport} counts them.
 *
 * <p>Stability: may still change.
 */
@NullMarked
package dev.hone.batch;

import org.jspecify.annotations.NullMarked;
