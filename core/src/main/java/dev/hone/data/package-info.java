/**
 * Examples: datasets with labels or with inputs only, readers that know what spreadsheets and data
 * frames write and name the lines and columns of all bad rows, writers whose files are read back,
 * seeded, stratified and stable splits, and content ids.
 *
 * <p>Stability: stable.
 */
@NullMarked
package dev.hone.data;

import org.jspecify.annotations.NullMarked;
