/**
 * What an attempt at a provider is expected to cost before it is made, and the account of a budget
 * from which it is reserved.
 */
@NullMarked
package dev.hone.price.reserve;

import org.jspecify.annotations.NullMarked;
