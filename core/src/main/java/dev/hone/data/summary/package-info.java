/**
 * What is in a dataset: {@link dev.hone.data.summary.DatasetSummary}, which {@code
 * dataset.describe()} makes, with a {@link dev.hone.data.summary.FieldSummary} for each field and
 * the inputs that have different labels.
 *
 * <p>Stability: may still change.
 */
@NullMarked
package dev.hone.data.summary;

import org.jspecify.annotations.NullMarked;
