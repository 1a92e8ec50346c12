/**
 * Bootstraps demos in several ways, evaluates each, and returns the best program.
 *
 * <p>Stability: stable.
 */
@NullMarked
package dev.hone.optimize.randomsearch;

import org.jspecify.annotations.NullMarked;
