/**
 * The candidates that a search chooses from, demo sets and instructions: how they are made
 * (settings) and how that went (reports).
 *
 * <p>Stability: may still change.
 */
@NullMarked
package dev.hone.optimize.candidate;

import org.jspecify.annotations.NullMarked;
