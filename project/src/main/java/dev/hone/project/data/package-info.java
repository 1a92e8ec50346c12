/**
 * Files of rows: how one is written ({@link dev.hone.project.data.DataFormat}, which is found by
 * looking at it, or said), and its cells as they stand ({@link dev.hone.project.data.RowTable}).
 *
 * <p>Stability: may still change.
 */
@NullMarked
package dev.hone.project.data;

import org.jspecify.annotations.NullMarked;
