/**
 * The engine room that optimizers share: stages with events and metering, evaluation of many
 * states, and one source of randomness per purpose.
 */
@NullMarked
package dev.hone.optimize.run;

import org.jspecify.annotations.NullMarked;
