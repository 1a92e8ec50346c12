/**
 * The command {@code hone optimize}. An {@code OptimizeRun} measures the program, optimizes it into
 * a run folder, and measures what was found.
 */
@NullMarked
package dev.hone.cli.optimize;

import org.jspecify.annotations.NullMarked;
