/**
 * Optimizers by name, with settings as words: {@link dev.hone.project.optimizer.OptimizerSettings}
 * is what a project file and the flags of a command line say, {@link
 * dev.hone.project.optimizer.OptimizerCatalog} makes the optimizer of it.
 *
 * <p>Stability: may still change.
 */
@NullMarked
package dev.hone.project.optimizer;

import org.jspecify.annotations.NullMarked;
