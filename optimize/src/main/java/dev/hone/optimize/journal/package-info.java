/**
 * The journal of a run: what its calls were answered, line by line in a folder, so that the run can
 * be made again from there. {@code RunJournal} is the whole; below it are the file (lines, scan,
 * writer, lock), the index of replies, and what a run is told from another by.
 */
@NullMarked
package dev.hone.optimize.journal;

import org.jspecify.annotations.NullMarked;
