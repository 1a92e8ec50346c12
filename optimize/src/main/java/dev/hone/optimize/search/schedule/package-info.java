/**
 * The schedule of every search that samples configurations one by one: minibatches, full
 * evaluations, and the search at random.
 */
@NullMarked
package dev.hone.optimize.search.schedule;

import org.jspecify.annotations.NullMarked;
