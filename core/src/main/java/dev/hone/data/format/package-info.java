/**
 * How the cells of a file are written where that is known and need not be found: {@link
 * dev.hone.data.format.CellFormat}.
 *
 * <p>Stability: may still change.
 */
@NullMarked
package dev.hone.data.format;

import org.jspecify.annotations.NullMarked;
