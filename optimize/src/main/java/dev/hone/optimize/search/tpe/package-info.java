/**
 * The tree-structured Parzen estimator, and the search that it guides.
 *
 * <p>Stability: may still change.
 */
@NullMarked
package dev.hone.optimize.search.tpe;

import org.jspecify.annotations.NullMarked;
