/**
 * Files that are written as a whole or not at all: {@link dev.hone.file.WholeFile} follows links,
 * keeps permissions and leaves what was there before if it fails. Saved programs and datasets are
 * written by it. Engine room: other modules do not see it.
 */
@NullMarked
package dev.hone.file;

import org.jspecify.annotations.NullMarked;
