/**
 * Prompts and scores over runs: {@link dev.hone.optimize.log.RunLog} keeps a line per run in a file
 * that one can read, compare and commit; {@link dev.hone.optimize.log.MlflowFiles} writes the same
 * as MLflow's files. What they hold is in docs/formats.md.
 *
 * <p>Stability: may still change.
 */
@NullMarked
package dev.hone.optimize.log;

import org.jspecify.annotations.NullMarked;
