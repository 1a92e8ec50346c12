/**
 * Optimizers that show demos without choosing among them: from labels, or bootstrapped.
 *
 * <p>Stability: stable.
 */
@NullMarked
package dev.hone.optimize.fewshot;

import org.jspecify.annotations.NullMarked;
