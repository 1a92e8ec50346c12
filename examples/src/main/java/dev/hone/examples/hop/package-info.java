/** Questions that take two searches of a corpus: a program of three predictors. */
@NullMarked
package dev.hone.examples.hop;

import org.jspecify.annotations.NullMarked;
