/**
 * What is shown to people who wait: one line with a bar for each stage on a terminal, a line a step
 * elsewhere. {@link dev.hone.cli.progress.Progress} listens to events of all of Hone's work.
 */
@NullMarked
package dev.hone.cli.progress;

import org.jspecify.annotations.NullMarked;
