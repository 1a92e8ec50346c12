/**
 * What optimizing a number of a whole set gains on an imbalanced task, and what constraints hold.
 */
@NullMarked
package dev.hone.benchmarks.corpus;

import org.jspecify.annotations.NullMarked;
