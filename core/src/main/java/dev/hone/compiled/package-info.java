/**
 * A program with what was learnt about it: how it runs, is saved and is loaded. What its file holds
 * is in docs/formats.md.
 *
 * <p>Stability: stable.
 */
@NullMarked
package dev.hone.compiled;

import org.jspecify.annotations.NullMarked;
