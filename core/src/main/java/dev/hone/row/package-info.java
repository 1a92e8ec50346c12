/**
 * What evaluations and batches share: how a program is run on one row ({@link
 * dev.hone.row.RowRun}), which failure costs a row and which ends the run ({@link
 * dev.hone.row.RowFailure}), which rows are under way ({@link dev.hone.row.RowsUnderWay}), which
 * ended too early to be written ({@link dev.hone.row.RowsSetAside}), and how values are shown in a
 * line ({@link dev.hone.row.RowText}). Engine room: other modules do not see it.
 */
@NullMarked
package dev.hone.row;

import org.jspecify.annotations.NullMarked;
