/**
 * How the calls of a run are recorded, and answered as they were when the run is made again: the
 * seam between a context, which makes calls, and a journal, which keeps what became of them.
 */
@NullMarked
package dev.hone.replay;

import org.jspecify.annotations.NullMarked;
