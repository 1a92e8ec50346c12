/**
 * Project files: what a program takes and returns, its data, strategy, metric, models, split,
 * budget and optimizer, said in YAML. {@link dev.hone.project.ProgramFile#load} reads one, and
 * tells all that is wrong with it at once; {@link dev.hone.project.data.DataFormat} is how files of
 * rows are written; {@code dev.hone.project.draft} makes a project file for a file of rows.
 *
 * <p>Stability: may still change.
 */
@NullMarked
package dev.hone.project;

import org.jspecify.annotations.NullMarked;
