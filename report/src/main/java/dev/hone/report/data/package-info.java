/**
 * What a record of a run holds, as plain values: each stands in {@code record.json} under the name
 * of its component. Whatever is missing in a file, since an older version wrote it or somebody
 * changed it, is empty here and never null, unless it is said otherwise. Scores are as the metric
 * gives them; times are seconds since the start of the run; money is US dollars.
 */
@NullMarked
package dev.hone.report.data;

import org.jspecify.annotations.NullMarked;
