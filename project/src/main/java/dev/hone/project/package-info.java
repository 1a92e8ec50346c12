/**
 * Project files: what a program takes and returns, its data, metric, model, split and budget, said
 * in YAML. {@link dev.hone.project.ProgramFile#load} reads one.
 *
 * <p>Stability: may still change.
 */
@NullMarked
package dev.hone.project;

import org.jspecify.annotations.NullMarked;
