/**
 * Statistics: confidence intervals of scores and of numbers of whole sets, by formula and by the
 * bootstrap, rank correlation, the normal distribution, and the one linear solve that Hone needs,
 * by Cholesky's decomposition.
 *
 * <p>Stability: may still change.
 */
@NullMarked
package dev.hone.stats;

import org.jspecify.annotations.NullMarked;
