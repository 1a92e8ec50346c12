/** A small world for the tests of optimizers: tasks, and models that answer them by rules. */
@NullMarked
package dev.hone.optimize.fake;

import org.jspecify.annotations.NullMarked;
