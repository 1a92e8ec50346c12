/**
 * What a race knows: outcomes laid out by block ({@code Arm}, {@code ExampleOrder}), the
 * random-effects model that explains them, its variance components and its posterior.
 *
 * <p>Hidden: for the room of racing alone.
 */
@NullMarked
package dev.hone.optimize.search.racing.model;

import org.jspecify.annotations.NullMarked;
