/**
 * Files that are written as a whole or not at all: {@link dev.hone.file.WholeFile} follows links,
 * keeps permissions and leaves what was there before if it fails. Saved programs and datasets are
 * written by it. Files that are read and written bit by bit: {@link dev.hone.file.RecordReader}
 * cuts a text into lines or rows, {@link dev.hone.file.RowFile} grows by one. Engine room: other modules do not see it.
 */
@NullMarked
package dev.hone.file;

import org.jspecify.annotations.NullMarked;
