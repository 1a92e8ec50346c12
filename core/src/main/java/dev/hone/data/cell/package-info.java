/**
 * How spreadsheets and other programs write the cells of a file: what separates them ({@link
 * dev.hone.data.cell.CsvDialect}), and lists that are no JSON ({@link
 * dev.hone.data.cell.ListCell}). Engine room: other modules do not see it.
 */
@NullMarked
package dev.hone.data.cell;

import org.jspecify.annotations.NullMarked;
