/**
 * Stage 2, instructions: Hone programs that look at the data, describe the program, and write
 * instructions grounded in both, in demos and in a tip.
 */
@NullMarked
package dev.hone.optimize.propose;

import org.jspecify.annotations.NullMarked;
