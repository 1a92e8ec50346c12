/**
 * What calls cost in money: {@link dev.hone.price.PriceTable} knows the {@link
 * dev.hone.price.Price} of models by their ids, {@link dev.hone.price.Money} is an amount that may
 * be known in part only. Nothing here asks the network.
 *
 * <p>Stability: may still change.
 */
@NullMarked
package dev.hone.price;

import org.jspecify.annotations.NullMarked;
