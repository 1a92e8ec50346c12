/**
 * Demos chosen per call: {@link dev.hone.optimize.knn.KnnFewShot} collects a demo of every training
 * example once, and the compiled program shows those whose inputs are nearest to the call's.
 *
 * <p>Stability: stable.
 */
@NullMarked
package dev.hone.optimize.knn;

import org.jspecify.annotations.NullMarked;
