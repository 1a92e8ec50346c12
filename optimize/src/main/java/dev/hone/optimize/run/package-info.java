/**
 * The face of the engine room, for optimizers of your own: {@link
 * dev.hone.optimize.run.OptimizerRun} runs stages with events and metering, {@link
 * dev.hone.optimize.run.TaskData} parts the examples into those to learn from and those to choose
 * by, {@link dev.hone.optimize.run.StateEvaluator} evaluates candidates, and {@link
 * dev.hone.optimize.run.OptimizedBuilder} puts together what is returned.
 *
 * <p>Stability: may still change.
 */
@NullMarked
package dev.hone.optimize.run;

import org.jspecify.annotations.NullMarked;
