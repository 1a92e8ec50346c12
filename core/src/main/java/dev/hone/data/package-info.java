/**
 * Examples: datasets with labels or with inputs only, readers that name the line and column of a
 * bad row, writers whose files are read back, seeded, stratified and stable splits, and content
 * ids.
 *
 * <p>Stability: stable.
 */
@NullMarked
package dev.hone.data;

import org.jspecify.annotations.NullMarked;
