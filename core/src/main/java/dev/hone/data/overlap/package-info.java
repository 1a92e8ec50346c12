/**
 * What two datasets have in common: {@code DatasetOverlap} finds equal inputs, and inputs that are
 * nearly equal.
 *
 * <p>Stability: may still change.
 */
@NullMarked
package dev.hone.data.overlap;

import org.jspecify.annotations.NullMarked;
