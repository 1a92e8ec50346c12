/**
 * Statistics: confidence intervals of scores, numbers of whole sets with their bootstrap, the
 * normal distribution, and the one linear solve that Hone needs, by Cholesky's decomposition.
 *
 * <p>Stability: may still change.
 */
@NullMarked
package dev.hone.stats;

import org.jspecify.annotations.NullMarked;
