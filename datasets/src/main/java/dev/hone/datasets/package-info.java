/**
 * Published data sets and conversations as datasets.
 *
 * <p>{@link dev.hone.datasets.Gsm8k}, {@link dev.hone.datasets.HotPotQa} and {@link
 * dev.hone.datasets.MathProblems} read the files as they are published, and bring the metrics that
 * go with them; the files come from the user. {@link dev.hone.datasets.HuggingFace} reads what its
 * hub exports as JSON. {@link dev.hone.datasets.ConversationTruncator} cuts conversations where an
 * answer is due. Faults name the file, the line and the field.
 *
 * <p>Stability: may still change.
 */
@NullMarked
package dev.hone.datasets;

import org.jspecify.annotations.NullMarked;
